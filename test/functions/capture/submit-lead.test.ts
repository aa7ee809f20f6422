import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import {
  aCampaign,
  aLead,
  aPerson,
  createTestSystem,
  parseKey,
  postLead,
  putRecord,
  readLead,
  requestMatch,
  revealContact,
  submitLeadMarkedTest,
  submitTestLead,
} from '#test/functions/create-test-system.ts'

describe('a lead', () => {
  it('saves a lead in one transaction with one delivery per school, and enqueues them', async () => {
    const system = await createTestSystem()
    const match = await requestMatch(system)
    const { transactions } = system.api.watch
    const { body } = await postLead(system, aLead(match))
    const receipt = leadReceipt.parse(body)
    expect(system.api.watch.transactions - transactions).toBe(1)
    expect(receipt).toMatchObject({ outcome: 'accepted', receivedAt: '2026-11-23T15:00:00.000Z' })
    expect(receipt.schools.map(({ schoolId, name }) => [schoolId, name])).toEqual([
      ['tall-grass', 'Tall Grass College'],
      ['bay-shore', 'Bay Shore Institute'],
    ])
    expect(system.api.queue.pointers).toEqual(
      receipt.schools.map(({ schoolId, deliveryId }) => expect.objectContaining({ schoolId, deliveryId })),
    )
  })

  it('stores the lead in normalized form with the proof of consent', async () => {
    const system = await createTestSystem()
    const contact = aPerson(1, { email: ' ADA@Mail.Example ', phone: '512.789.1001', zip: '78701-1234', state: 'TX' })
    const match = await requestMatch(system)
    const lead = aLead(match, 1, { contact, trustedFormCertUrl: 'https://cert.example/1', subIds: { ad: '7' } })
    const { body } = await postLead(system, lead, { 'user-agent': 'Browser/1.0' })
    const timeline = leadTimeline.parse(await readLead(system, leadReceipt.parse(body).leadId))
    const { contact: storedContact, consent } = await revealContact(system, timeline.leadId)
    expect(storedContact).toMatchObject({ email: 'ada@mail.example', phone: '+15127891001', zip: '78701' })
    expect(consent).toEqual({ ip: '198.51.100.7' })
    expect(timeline).toMatchObject({ state: 'TX', sourceId: 'landing', subIds: { ad: '7' }, test: false })
    expect(timeline.consent).toMatchObject({
      disclosure: { text: match.disclosure.text, schoolIds: ['tall-grass', 'bay-shore'] },
      userAgent: 'Browser/1.0',
      certificateUrl: 'https://cert.example/1',
    })
    expect(timeline.decisions.flatMap(({ verdicts }) => verdicts)).toHaveLength(2)
  })

  it('sends the lead only to the schools that the visitor selected, and gives the reason for the others', async () => {
    const system = await createTestSystem()
    const { leadId, schools } = await submitTestLead(system, 1, { schoolIds: ['bay-shore'] })
    expect(schools.map(({ schoolId }) => schoolId)).toEqual(['bay-shore'])
    const { decisions } = leadTimeline.parse(await readLead(system, leadId))
    expect(decisions[0]?.verdicts).toContainEqual(
      expect.objectContaining({ schoolId: 'tall-grass', selected: false, reason: 'SCHOOL_NOT_NAMED_IN_CONSENT' }),
    )
  })

  it('never sends the lead to a school that was added after the consent', async () => {
    const system = await createTestSystem()
    await system.api.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx')
    const match = await requestMatch(system)
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign())
    const receipt = leadReceipt.parse((await postLead(system, aLead(match))).body)
    expect(receipt.schools.map(({ schoolId }) => schoolId)).toEqual(['bay-shore'])
  })

  it('sends the lead to at most as many schools as its source allows', async () => {
    const system = await createTestSystem()
    await putRecord(system.api, 'sources', 'landing', { name: 'Landing page', mode: 'live', maxSales: 1 })
    expect((await submitTestLead(system)).schools.map(({ schoolId }) => schoolId)).toEqual(['tall-grass'])
  })

  it('saves a lead that no school accepts', async () => {
    const system = await createTestSystem()
    const match = await requestMatch(system, { zip: '43004' })
    const receipt = leadReceipt.parse((await postLead(system, aLead(match))).body)
    expect(receipt).toMatchObject({ outcome: 'unmatched', schools: [] })
    expect(await readLead(system, receipt.leadId)).toMatchObject({ outcome: 'unmatched', deliveries: [] })
  })

  it('measures a lead once, however often it is repeated', async () => {
    const system = await createTestSystem()
    const [matched, unmatched] = [await requestMatch(system), await requestMatch(system, { zip: '43004' })]
    for (const key of ['one', 'one', 'two'])
      await postLead(system, aLead(matched, key === 'two' ? 2 : 1), { 'idempotency-key': key })
    await postLead(system, aLead(unmatched, 3))
    const values = (metricName: string) =>
      system.api.measurements.flatMap(({ metric, value }) => (metric === metricName ? value : []))
    expect([values('LeadsSaved'), values('LeadsMatched')]).toEqual([
      [1, 1, 1],
      [1, 1, 0],
    ])
  })

  it('accepts the lead and leaves it due if the queue is unavailable', async () => {
    const system = await createTestSystem()
    system.api.queue.isUnreachable = true
    const { schools } = await submitTestLead(system)
    expect(system.api.logEntries.map(({ event }) => event)).toContain('queue.send_failed')
    system.api.queue.isUnreachable = false
    await system.api.sweep()
    expect(system.api.queue.pointers.map(({ deliveryId }) => deliveryId).sort()).toEqual(
      schools.map(({ deliveryId }) => deliveryId).sort(),
    )
  })

  it('parks the delivery outside business hours without enqueuing it', async () => {
    const system = await createTestSystem()
    const open = [{ days: ['tuesday'], from: '09:00', to: '17:00' }]
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, hours: { open } }))
    const { leadId } = await submitTestLead(system)
    expect(system.api.queue.pointers.map(({ schoolId }) => schoolId)).toEqual(['bay-shore'])
    expect(leadTimeline.parse(await readLead(system, leadId)).deliveries[0]?.dueAt).toBe('2026-11-24T15:00:00.000Z')
  })

  it('marks a test lead and charges nothing for it', async () => {
    const system = await createTestSystem()
    const { leadId } = await submitLeadMarkedTest(system)
    expect(leadTimeline.parse(await readLead(system, leadId))).toMatchObject({
      test: true,
      deliveries: [{ test: true, priceCents: 0 }, { test: true }],
    })
  })

  it('marks each lead of a test source as a test', async () => {
    const system = await createTestSystem()
    const source = await putRecord(system.api, 'sources', 'trial', { name: 'Trial', mode: 'test' })
    const { leadId } = await submitTestLead({ ...system, sourceKey: parseKey(source.body) })
    expect(await readLead(system, leadId)).toMatchObject({ test: true })
  })

  it.each([
    ['a user agent of 2,000 letters', 'x'.repeat(2000)],
    ['an empty user agent', ''],
  ])('accepts a lead with %s', async (_, userAgent) => {
    const system = await createTestSystem()
    expect((await postLead(system, aLead(await requestMatch(system)), { 'user-agent': userAgent })).status).toBe(201)
  })

  it('writes no personal data to the log', async () => {
    const system = await createTestSystem()
    await submitTestLead(system)
    for (const { deliveryId } of system.api.queue.pointers) await system.api.deliver(deliveryId)
    expect(JSON.stringify(system.api.logEntries)).not.toMatch(/ada|example|789|78701/i)
  })
})
