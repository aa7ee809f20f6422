import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadStory } from '#shared/contract/operator.ts'
import {
  aCampaign,
  aLead,
  aPerson,
  ask,
  aTown,
  enquire,
  keyOf,
  revealed,
  send,
  storyOf,
  write,
} from '#test/functions/town.ts'

describe('a lead', () => {
  it('is kept in one transaction, with a delivery for each school, and the queue is told', async () => {
    const town = await aTown()
    const match = await ask(town)
    const { transactions } = town.house.watch
    const { body } = await send(town, aLead(match))
    const receipt = leadReceipt.parse(body)
    expect(town.house.watch.transactions - transactions).toBe(1)
    expect(receipt).toMatchObject({ outcome: 'accepted', receivedAt: '2026-11-23T15:00:00.000Z' })
    expect(receipt.schools.map(({ schoolId, name }) => [schoolId, name])).toEqual([
      ['tall-grass', 'Tall Grass College'],
      ['bay-shore', 'Bay Shore Institute'],
    ])
    expect(town.house.queue.pointers).toEqual(
      receipt.schools.map(({ schoolId, deliveryId }) => expect.objectContaining({ schoolId, deliveryId })),
    )
  })

  it('is kept in one form, with the proof of what was agreed to', async () => {
    const town = await aTown()
    const contact = aPerson(1, { email: ' ADA@Mail.Example ', phone: '512.789.1001', zip: '78701-1234', state: 'TX' })
    const match = await ask(town)
    const lead = aLead(match, 1, { contact, trustedFormCertUrl: 'https://cert.example/1', subIds: { ad: '7' } })
    const { body } = await send(town, lead, { 'user-agent': 'Browser/1.0' })
    const story = leadStory.parse(await storyOf(town, leadReceipt.parse(body).leadId))
    const { contact: kept, consent } = await revealed(town, story.leadId)
    expect(kept).toMatchObject({ email: 'ada@mail.example', phone: '+15127891001', zip: '78701' })
    expect(consent).toEqual({ ip: '198.51.100.7' })
    expect(story).toMatchObject({ state: 'TX', sourceId: 'landing', subIds: { ad: '7' }, test: false })
    expect(story.consent).toMatchObject({
      disclosure: { text: match.disclosure.text, schoolIds: ['tall-grass', 'bay-shore'] },
      userAgent: 'Browser/1.0',
      certificateUrl: 'https://cert.example/1',
    })
    expect(story.decisions.flatMap(({ verdicts }) => verdicts)).toHaveLength(2)
  })

  it('goes to the schools alone that the visitor ticked, and the decision says so of the others', async () => {
    const town = await aTown()
    const { leadId, schools } = await enquire(town, 1, { schoolIds: ['bay-shore'] })
    expect(schools.map(({ schoolId }) => schoolId)).toEqual(['bay-shore'])
    const { decisions } = leadStory.parse(await storyOf(town, leadId))
    expect(decisions[0]?.verdicts).toContainEqual(
      expect.objectContaining({ schoolId: 'tall-grass', selected: false, reason: 'SCHOOL_NOT_NAMED_IN_CONSENT' }),
    )
  })

  it('never goes to a school that came after the consent', async () => {
    const town = await aTown()
    await town.house.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx')
    const match = await ask(town)
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign())
    const receipt = leadReceipt.parse((await send(town, aLead(match))).body)
    expect(receipt.schools.map(({ schoolId }) => schoolId)).toEqual(['bay-shore'])
  })

  it('goes to as many schools as its source may sell to', async () => {
    const town = await aTown()
    await write(town.house, 'sources', 'landing', { name: 'Landing page', mode: 'live', maxSales: 1 })
    expect((await enquire(town)).schools.map(({ schoolId }) => schoolId)).toEqual(['tall-grass'])
  })

  it('is kept where nobody wants it', async () => {
    const town = await aTown()
    const match = await ask(town, { zip: '43004' })
    const receipt = leadReceipt.parse((await send(town, aLead(match))).body)
    expect(receipt).toMatchObject({ outcome: 'unmatched', schools: [] })
    expect(await storyOf(town, receipt.leadId)).toMatchObject({ outcome: 'unmatched', deliveries: [] })
  })

  it('is measured once, however often it is sent: that it was kept, and whether anybody has it', async () => {
    const town = await aTown()
    const [matched, unmatched] = [await ask(town), await ask(town, { zip: '43004' })]
    for (const key of ['one', 'one', 'two'])
      await send(town, aLead(matched, key === 'two' ? 2 : 1), { 'idempotency-key': key })
    await send(town, aLead(unmatched, 3))
    const values = (wanted: string) =>
      town.house.measured.flatMap(({ metric, value }) => (metric === wanted ? value : []))
    expect([values('LeadsKept'), values('LeadsMatched')]).toEqual([
      [1, 1, 1],
      [1, 1, 0],
    ])
  })

  it('is taken and due where the queue is out of reach', async () => {
    const town = await aTown()
    town.house.queue.deaf = true
    const { schools } = await enquire(town)
    expect(town.house.logged.map(({ event }) => event)).toContain('queue.unreached')
    town.house.queue.deaf = false
    await town.house.sweep()
    expect(town.house.queue.pointers.map(({ deliveryId }) => deliveryId).sort()).toEqual(
      schools.map(({ deliveryId }) => deliveryId).sort(),
    )
  })

  it('waits for business hours without a word to the queue', async () => {
    const town = await aTown()
    const open = [{ days: ['tuesday'], from: '09:00', to: '17:00' }]
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, hours: { open } }))
    const { leadId } = await enquire(town)
    expect(town.house.queue.pointers.map(({ schoolId }) => schoolId)).toEqual(['bay-shore'])
    expect(leadStory.parse(await storyOf(town, leadId)).deliveries[0]?.dueAt).toBe('2026-11-24T15:00:00.000Z')
  })

  it('of a test says so, and costs nothing', async () => {
    const town = await aTown()
    const { leadId } = await enquire(town, 1, { test: true })
    expect(leadStory.parse(await storyOf(town, leadId))).toMatchObject({
      test: true,
      deliveries: [{ test: true, priceCents: 0 }, { test: true }],
    })
  })

  it('of a source that is a test is a test', async () => {
    const town = await aTown()
    const source = await write(town.house, 'sources', 'trial', { name: 'Trial', mode: 'test' })
    const { leadId } = await enquire({ ...town, sourceKey: keyOf(source.body) })
    expect(await storyOf(town, leadId)).toMatchObject({ test: true })
  })

  it.each([
    ['a user agent of 2,000 letters', 'x'.repeat(2000)],
    ['an empty user agent', ''],
  ])('is not lost over %s', async (_, userAgent) => {
    const town = await aTown()
    expect((await send(town, aLead(await ask(town)), { 'user-agent': userAgent })).status).toBe(201)
  })

  it('leaves nothing of the person in the log', async () => {
    const town = await aTown()
    await enquire(town)
    for (const { deliveryId } of town.house.queue.pointers) await town.house.deliver(deliveryId)
    expect(JSON.stringify(town.house.logged)).not.toMatch(/ada|example|789|78701/i)
  })
})
