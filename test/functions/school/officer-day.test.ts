import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'

const recorded = z.object({ dispositionId: z.string() })
const resultPage = z.object({
  timeZone: z.string(),
  results: z.array(
    z.looseObject({
      week: z.string(),
      campaignId: z.string(),
      deliveries: z.object({ created: z.number(), delivered: z.number() }),
      furthest: z.record(z.string(), z.number()),
      soldCents: z.number(),
      returnedCents: z.number(),
    }),
  ),
  page: z.object({ nextCursor: z.string().nullable() }),
})
const priceCents = z.object({ leads: z.array(z.object({ priceCents: z.number() })) })

let system: TestSystem
let key: string
let deliveryId: string
beforeEach(async () => {
  system = await createTestSystem()
  key = await system.api.schoolKey('tall-grass')
  deliveryId = await submitLead(1)
  await system.api.deliver(deliveryId)
})

describe('undo of a disposition', () => {
  it('brings back the one before, in list, log and timeline, and the same status can be saved again', async () => {
    await setStatus('contacted')
    system.api.advanceClock(1)
    const latestId = await setStatus('enrolled')
    system.api.advanceClock(59)
    const undone = await undo(latestId)
    expect([undone.status, undone.body]).toMatchObject([200, { disposition: { disposition: 'contacted' } }])
    expect(await readStatus()).toEqual(['contacted'])
    await setStatus('enrolled')
    expect(await readStatus()).toEqual(['contacted', 'enrolled'])
  })

  it('leaves a lead without a status if there was none before, and a second press changes nothing', async () => {
    const dispositionId = await setStatus('contacted')
    expect(await undo(dispositionId)).toMatchObject({ status: 200, body: {} })
    expect(await undo(dispositionId)).toMatchObject({ status: 200, body: {} })
    expect(await readStatus()).toEqual([])
    const list = await call('GET', '/v1/school/leads?disposition=none')
    expect(list.body).toMatchObject({ leads: [{ deliveryId }] })
  })

  it('is refused after a minute, after a later status, for an opt-out, and to another school', async () => {
    const first = await setStatus('contacted')
    system.api.advanceClock(1)
    const second = await setStatus('applied')
    expect(await undo(first)).toMatchObject({ status: 409, body: { code: 'DISPOSITION_FINAL' } })
    system.api.advanceClock(61)
    expect(await undo(second)).toMatchObject({ status: 409, body: { code: 'DISPOSITION_FINAL' } })
    const optOut = await setStatus('opted-out')
    expect(await undo(optOut)).toMatchObject({ status: 409, body: { code: 'DISPOSITION_FINAL' } })
    key = await system.api.schoolKey('bay-shore')
    expect((await undo(optOut)).status).toBe(404)
  })

  it('answers each of many clicks at once with the status that is left', async () => {
    await setStatus('contacted')
    system.api.advanceClock(1)
    const latestId = await setStatus('applied')
    for (const { status, body } of await Promise.all(Array.from({ length: 6 }, () => undo(latestId))))
      expect([status, body]).toMatchObject([200, { disposition: { disposition: 'contacted' } }])
    expect(await readStatus()).toEqual(['contacted'])
  })

  it('happens once when it is pressed many times at once beside a new status', async () => {
    const dispositionId = await setStatus('contacted')
    system.api.advanceClock(1)
    const answers = await Promise.all([
      undo(dispositionId),
      undo(dispositionId),
      setStatus('applied'),
      undo(dispositionId),
    ])
    expect(answers).toHaveLength(4)
    const statuses = await readStatus()
    expect([['applied'], ['contacted', 'applied']]).toContainEqual(statuses)
    const list = await call('GET', '/v1/school/leads')
    expect(list.body).toMatchObject({ leads: [{ disposition: { disposition: 'applied' } }] })
  })
})

describe('a list of dispositions', () => {
  it('is checked without recording anything, then recorded, and may be sent again', async () => {
    const waitingId = await submitLead(2)
    const rows = [
      { deliveryId, disposition: 'contacted', note: 'Called twice.' },
      { deliveryId: waitingId, disposition: 'contacted' },
      { deliveryId: 'dlv_AAAAAAAAAAAAAAAAAAAAAA', disposition: 'applied' },
    ]
    const expected = {
      recorded: 1,
      errors: [
        { row: 2, code: 'NOT_DELIVERED' },
        { row: 3, code: 'NOT_FOUND' },
      ],
    }
    expect(await sendList({ rows, dryRun: true })).toMatchObject({ status: 200, body: expected })
    expect(await readStatus()).toEqual([])
    expect(await sendList({ rows })).toMatchObject({ status: 200, body: expected })
    expect(await sendList({ rows })).toMatchObject({ status: 200, body: expected })
    expect(await readStatus()).toEqual(['contacted'])
  })

  it('takes no lead of another school', async () => {
    key = await system.api.schoolKey('bay-shore')
    const { body } = await sendList({ rows: [{ deliveryId, disposition: 'contacted' }] })
    expect(body).toMatchObject({ recorded: 0, errors: [{ row: 1, code: 'NOT_FOUND' }] })
  })
})

describe('results of a school', () => {
  it('count spend and furthest status by week and campaign, over pages that add up', async () => {
    const { leads } = priceCents.parse((await call('GET', '/v1/school/leads')).body)
    const price = leads[0]?.priceCents ?? 0
    await setStatus('applied')
    const secondId = await submitLead(2)
    await system.api.deliver(secondId)
    await call('POST', `/v1/school/deliveries/${secondId}/returns`, { reason: 'duplicate' })
    await system.api.staff('POST', `/v1/ops/deliveries/${secondId}/return/accept`, { body: {} })
    await submitLead(3)

    const whole = await readResults('')
    expect(whole).toHaveLength(1)
    expect(whole[0]).toMatchObject({
      week: '2026-11-23',
      deliveries: { created: 3, delivered: 2 },
      furthest: { applied: 1 },
      soldCents: 2 * price,
      returnedCents: price,
    })
    const parts = await readResults('&limit=1')
    expect(parts).toHaveLength(3)
    expect(parts.reduce((sum, { soldCents }) => sum + soldCents, 0)).toBe(2 * price)
  })

  it('count nothing of another school, and nothing from before the first day', async () => {
    expect(await readResults('', '2026-11-24')).toEqual([])
    key = await system.api.schoolKey('bay-shore')
    const other = await readResults('')
    expect(other.map(({ deliveries }) => deliveries.delivered)).toEqual(other.map(() => 0))
  })
})

it('the list of returns names the person until the school has its credit', async () => {
  await call('POST', `/v1/school/deliveries/${deliveryId}/returns`, { reason: 'duplicate' })
  const pending = await call('GET', '/v1/school/returns')
  expect(pending.body).toMatchObject({
    returns: [{ person: { lastName: expect.any(String) }, program: { name: expect.any(String) } }],
  })
  await system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/return/accept`, { body: {} })
  const decided = await call('GET', '/v1/school/returns')
  expect(decided.body).toMatchObject({ returns: [{ masked: 'credited' }] })
  expect(decided.text).not.toContain('firstName')
})

async function submitLead(number: number): Promise<string> {
  const { schools } = await submitTestLead(system, number)
  return schools.find(({ schoolId }) => schoolId === 'tall-grass')?.deliveryId ?? ''
}

function call(method: string, path: string, body?: object) {
  return system.api.call(method, path, { headers: { authorization: `Bearer ${key}` }, ...(body && { body }) })
}

async function setStatus(disposition: string): Promise<string> {
  const { body } = await call('POST', `/v1/school/deliveries/${deliveryId}/dispositions`, { disposition })
  return recorded.parse(body).dispositionId
}

function undo(dispositionId: string) {
  return call('POST', `/v1/school/deliveries/${deliveryId}/dispositions/${dispositionId}/undo`)
}

function sendList(body: object) {
  return call('POST', '/v1/school/dispositions', body)
}

async function readStatus(): Promise<string[]> {
  const { body } = await call('GET', `/v1/school/deliveries/${deliveryId}/dispositions`)
  const { dispositions } = z.object({ dispositions: z.array(z.object({ disposition: z.string() })) }).parse(body)
  return dispositions.map(({ disposition }) => disposition)
}

async function readResults(query: string, since = '2026-11-23') {
  const results = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const path: string = `/v1/school/results?since=${since}${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    const page = resultPage.parse((await call('GET', path)).body)
    results.push(...page.results)
    cursor = page.page.nextCursor
  }
  return results
}
