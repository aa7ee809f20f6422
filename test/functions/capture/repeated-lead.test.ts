import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import {
  aLead,
  aPerson,
  createServerHeaders,
  createTestSystem,
  listTodaysLeads,
  parseKey,
  postLead,
  putRecord,
  readTrueReceipt,
  requestMatch,
} from '#test/functions/create-test-system.ts'

const key = { 'idempotency-key': 'form-1' }

describe('a lead that is sent again', () => {
  it('repeats the first response byte for byte, and marks it as replayed', async () => {
    const system = await createTestSystem()
    const lead = aLead(await requestMatch(system))
    const first = await postLead(system, lead, key)
    system.api.advanceClock(6 * 86_400)
    const again = await postLead(system, lead, key)
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text])
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true'])
    expect(system.api.queue.pointers).toHaveLength(2)
  })

  it('recognizes a repeated body regardless of its formatting', async () => {
    const system = await createTestSystem()
    const lead = aLead(await requestMatch(system))
    const first = await postLead(system, lead, key)
    const backwards = Object.fromEntries(Object.entries(lead).reverse())
    expect((await postLead(system, backwards, key)).text).toBe(first.text)
  })

  it('recognizes the same request with the members and schools in another order, and with empty fields', async () => {
    const system = await createTestSystem()
    const utm = { source: 'a', medium: 'b' }
    const lead = aLead(await requestMatch(system), 1, { utm, schoolIds: ['tall-grass', 'bay-shore'] })
    const first = await postLead(system, lead, key)
    expect(first.status).toBe(201)
    const again = { ...lead, utm: { medium: 'b', source: 'a' }, schoolIds: ['bay-shore', 'tall-grass'], subIds: null }
    expect((await postLead(system, again, key)).text).toBe(first.text)
  })

  it('refuses a repeated key with a different body', async () => {
    const system = await createTestSystem()
    const match = await requestMatch(system)
    await postLead(system, aLead(match, 1), key)
    const other = await postLead(system, aLead(match, 2), key)
    expect([other.status, other.body]).toEqual([422, expect.objectContaining({ code: 'IDEMPOTENCY_KEY_REUSED' })])
    expect(await listTodaysLeads(system)).toHaveLength(1)
  })

  it('the same key of another source is another lead', async () => {
    const system = await createTestSystem()
    const other = parseKey((await putRecord(system.api, 'sources', 'other', { name: 'Other', mode: 'live' })).body)
    const match = await requestMatch(system)
    await postLead(system, aLead(match, 1), key)
    expect((await postLead({ ...system, sourceKey: other }, aLead(match, 2), key)).status).toBe(201)
  })

  it('eight equal requests at once save one lead and return one response', async () => {
    const system = await createTestSystem()
    const lead = aLead(await requestMatch(system))
    const responses = await Promise.all(Array.from({ length: 8 }, () => postLead(system, lead, key)))
    expect(new Set(responses.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(responses.filter(({ headers }) => !headers['idempotency-replayed'])).toHaveLength(1)
    expect([(await listTodaysLeads(system)).length, system.api.queue.pointers.length]).toEqual([1, 2])
  })

  it('different bodies with one key at once save one lead and refuse the others', async () => {
    const system = await createTestSystem()
    const match = await requestMatch(system)
    const responses = await Promise.all([1, 2, 3, 4].map((number) => postLead(system, aLead(match, number), key)))
    expect(responses.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422])
    expect(await listTodaysLeads(system)).toHaveLength(1)
  })

  it.each([undefined, '', 'two words', 'é', 'x'.repeat(256)])('refuses the Idempotency-Key %.10s', async (wrong) => {
    const system = await createTestSystem()
    const { status, body } = await postLead(system, aLead(await requestMatch(system)), { 'idempotency-key': wrong })
    if (wrong === undefined)
      expect([status, body]).toEqual([400, expect.objectContaining({ code: 'IDEMPOTENCY_KEY_REQUIRED' })])
    else expect([status, body]).toMatchObject([422, { errors: [{ pointer: 'idempotency-key' }] }])
  })
})

describe('a person who sends a second request', () => {
  it.each([
    ['the same e-mail', { email: 'ADA1@mail.example', phone: '(512) 789-2000' }],
    ['the same phone', { email: 'other@mail.example', phone: '+1 512 789 1001' }],
  ])('saves a second request with %s as a duplicate', async (_, contact) => {
    const system = await createTestSystem()
    const match = await requestMatch(system)
    await postLead(system, aLead(match, 1), key)
    const { leadId } = leadReceipt.parse(
      (await postLead(system, aLead(match, 1, { contact: aPerson(1, contact) }))).body,
    )
    const again = await readTrueReceipt(system, leadId)
    expect(again).toMatchObject({ outcome: 'duplicate', schools: [] })
    expect(await listTodaysLeads(system)).toHaveLength(2)
  })

  it('sends a second request to the schools that do not have the person yet', async () => {
    const system = await createTestSystem()
    const match = await requestMatch(system)
    await postLead(system, aLead(match, 1, { schoolIds: ['tall-grass'] }), key)
    const { leadId } = leadReceipt.parse((await postLead(system, aLead(match, 1))).body)
    const again = await readTrueReceipt(system, leadId)
    expect([again.outcome, again.schools.map(({ schoolId }) => schoolId)]).toEqual(['accepted', ['bay-shore']])
  })

  it('accepts the same person again after thirty days', async () => {
    const system = await createTestSystem()
    await postLead(system, aLead(await requestMatch(system), 1), key)
    system.api.advanceClock(30 * 86_400)
    const { leadId } = leadReceipt.parse(
      (await postLead(system, aLead(await requestMatch(system), 1), { 'idempotency-key': 'form-2' })).body,
    )
    expect((await readTrueReceipt(system, leadId)).outcome).toBe('accepted')
  })

  it('a test lead never counts as a duplicate', async () => {
    const system = await createTestSystem()
    const match = await requestMatch(system)
    const tries = [{ test: true }, { test: true }, { test: false }]
    for (const [at, fields] of tries.entries()) {
      const headers = fields.test ? await createServerHeaders(system) : {}
      const { body } = await postLead(system, aLead(match, 1, fields), { 'idempotency-key': `try-${at}`, ...headers })
      expect((await readTrueReceipt(system, leadReceipt.parse(body).leadId)).outcome).toBe('accepted')
    }
  })
})
