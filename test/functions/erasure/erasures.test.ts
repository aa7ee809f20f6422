import { describe, expect, it } from 'vitest'
import type { Engine, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { answered } from '#test/functions/house/fakes.ts'
import { countersOf } from '#test/functions/routing/ledger.ts'
import { aCampaign, aSchool, enquire, revealed, type Town, write } from '#test/functions/town.ts'
import { reconciled } from '#test/functions/worker/reporting/books.ts'
import { aCanaryLead, aTownWithMemory, email, erase, erased, settle, story, traces } from './person.ts'

/** What tells a school to forget: by webhook, and by e-mail. */
const noticesAt = ({ house }: Town) => ({
  webhooks: house.webhooks.requests.filter(({ body }) => body.includes('lead.erased')),
  mails: house.mailbox.messages.filter(({ subject }) => subject.startsWith('Please erase')),
})

/** A lead that has been everywhere: delivered, told of, looked at, and answered with the visitor's own name. */
async function aWornLead(town: Town) {
  town.house.webhooks.answer = () => answered(200, '{"id": "Q-1", "for": "Quetzalia Vantongeren"}')
  const leadId = await aCanaryLead(town)
  await settle(town)
  const { deliveries } = await story(town, leadId)
  for (const { deliveryId, schoolId } of deliveries)
    await town.house.call('POST', `/v1/school/deliveries/${deliveryId}/dispositions`, {
      headers: { authorization: `Bearer ${await town.house.schoolKey(schoolId)}` },
      body: { disposition: 'contacted', note: 'Quetzalia wants to be called at 5127891999.' },
    })
  await town.house.staff('POST', `/v1/ops/leads/${leadId}/reveals`, {
    body: { purpose: 'Vantongeren is on the phone' },
  })
  return leadId
}

describe('a person who is forgotten', () => {
  it('is left nowhere: not in a lead, a delivery, an attempt, a note or a look-up', async () => {
    const memory = await aTownWithMemory()
    const leadId = await aWornLead(memory.town)
    expect((await traces(memory)).length).toBeGreaterThan(10)

    expect(await erased(memory.town)).toMatchObject({ state: 'done', leads: 1, by: { name: 'key 1' } })
    expect(await traces(memory)).toEqual([])
    const { leads } = (await memory.town.house.staff('POST', '/v1/ops/lead-searches', { body: { email } }))
      .body as never
    expect(leads).toEqual([])
    expect((await memory.town.house.staff('POST', `/v1/ops/leads/${leadId}/reveals`, { body: {} })).status).toBe(404)
  })

  it('would be found by this very look, if one value were left', async () => {
    const keeps = (name: string) => (engine: Engine<Table>) => rewritten(engine, (write) => keeping(write, name))
    for (const name of ['body', 'note', 'answer', 'purpose', 'inputs']) {
      const memory = await aTownWithMemory(keeps(name))
      await aWornLead(memory.town)
      await erased(memory.town)
      expect(await traces(memory), name).not.toEqual([])
    }
  })

  it('leaves the books: who decided what and why, what was delivered when, and the proof of consent by hash', async () => {
    const memory = await aTownWithMemory()
    const leadId = await aWornLead(memory.town)
    const before = await story(memory.town, leadId)
    const { erasureId, requestedAt } = await erased(memory.town)

    const after = await story(memory.town, leadId)
    expect(after).toMatchObject({ outcome: 'accepted', state: 'TX', erased: { erasureId, erasedAt: requestedAt } })
    expect(after.decisions).toEqual(before.decisions)
    expect(after.consent).toMatchObject({
      grantedAt: before.consent?.grantedAt,
      disclosure: before.consent?.disclosure,
    })
    expect(after.deliveries.map(({ state, deliveredAt, priceCents }) => [state, deliveredAt, priceCents])).toEqual(
      before.deliveries.map(({ deliveredAt, priceCents }) => ['erased', deliveredAt, priceCents]),
    )
    memory.town.house.pass(3600)
    expect(await reconciled(memory.town)).toMatchObject({ body: { drift: 0, schools: { erased: 2, delivered: 0 } } })
  })

  it('keeps the proof of consent for five years from the day of consent, and no day longer', async () => {
    const { town } = await aTownWithMemory()
    const leadId = await aCanaryLead(town)
    await erased(town)
    town.house.clock.now = new Date('2031-11-23T14:59:59.000Z')
    expect(await story(town, leadId)).toHaveProperty('consent')
    town.house.clock.now = new Date('2031-11-23T15:00:01.000Z')
    expect(await story(town, leadId)).not.toHaveProperty('consent')
  })

  it('takes nobody else along', async () => {
    const { town, rows } = await aTownWithMemory()
    const { leadId } = await enquire(town, 1)
    await settle(town)
    const ofOther = async () => (await rows()).filter((row) => JSON.stringify(row).includes(leadId))
    const before = await ofOther()
    await aWornLead(town)
    await erased(town)
    await settle(town)
    expect(await ofOther()).toEqual(before)
  })

  it('may come again as anybody may, unless consent was withdrawn with it', async () => {
    const { town } = await aTownWithMemory()
    await aCanaryLead(town)
    await erased(town)
    town.house.pass(60)
    const again = await aCanaryLead(town)
    expect(await story(town, again)).toMatchObject({ outcome: 'accepted' })
    expect(await erased(town, { email, withdraw: true })).toMatchObject({ leads: 1 })
    town.house.pass(60)
    expect(await story(town, await aCanaryLead(town))).toMatchObject({ outcome: 'unmatched' })
  })
})

describe('an erasure', () => {
  it.each([
    ['e-mail, in any spelling', { email: ' QUETZALIA@mail.example' }],
    ['phone, in any spelling', { phone: '512.789.1999' }],
    ['either of both', { email: 'nobody@mail.example', phone: '+1 512 789 1999' }],
  ])('finds a person by %s', async (_, body) => {
    const memory = await aTownWithMemory()
    await aCanaryLead(memory.town)
    expect(await erased(memory.town, body)).toMatchObject({ leads: 1 })
    expect(await traces(memory)).toEqual([])
  })

  it('finds by one lead all that came under its e-mail', async () => {
    const memory = await aTownWithMemory()
    const leadId = await aCanaryLead(memory.town)
    memory.town.house.pass(60)
    await aCanaryLead(memory.town)
    expect(await erased(memory.town, { leadId })).toMatchObject({ leads: 2 })
    expect(await traces(memory)).toEqual([])
    expect((await erase(memory.town, { leadId })).status).toBe(404)
  })

  it('that finds nobody says so, and one that names nobody is refused with the mend', async () => {
    const { town } = await aTownWithMemory()
    expect(await erased(town)).toMatchObject({ state: 'done', leads: 0, notices: [] })
    for (const body of [{}, { email: 'quetzalia' }, { phone: '12' }]) {
      const { status, text } = await erase(town, body)
      expect([status, text]).toEqual([422, expect.stringMatching(/must (be|hold)/)])
      expect(text).not.toContain('quetzalia')
    }
  })

  it('is listed, read and named without saying of whom', async () => {
    const { town, rows } = await aTownWithMemory()
    await aCanaryLead(town)
    const { erasureId } = await erased(town)
    const list = await town.house.staff('GET', '/v1/ops/erasures')
    expect(list.body).toMatchObject({ erasures: [{ erasureId, state: 'done', leads: 1 }] })
    expect((await town.house.staff('GET', `/v1/ops/erasures/${erasureId}`)).body).toMatchObject({ leads: 1 })
    const receipt = (await rows()).filter(({ pk }) => pk === `ERASURE#${erasureId}`)
    const { email: hash } = town.house.needsOf('operator').digests.ofPerson({ email, phone: '' })
    expect(JSON.stringify(receipt)).not.toContain(hash)
    expect(JSON.stringify(town.house.logged)).not.toMatch(/quetzalia|5127891999/i)
  })

  it('gives back to the caps what no school had, and nothing else', async () => {
    const { town } = await aTownWithMemory()
    const caps = { caps: [{ period: 'day', limit: 9 }] }
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign(caps))
    const used = async () => Object.values(await countersOf(town.house, 'campaigns#tall-grass-tx'))
    await aCanaryLead(town)
    expect(await used()).toEqual([1])
    await erased(town)
    expect(await used()).toEqual([0])
    town.house.pass(60)
    await aCanaryLead(town)
    await settle(town)
    await erased(town)
    expect(await used()).toEqual([1])
  })
})

describe('a school that had the lead of a person who is forgotten', () => {
  it('is told by the way by which its leads come, signed, with the ids that it knows', async () => {
    const { town } = await aTownWithMemory()
    const leadId = await aWornLead(town)
    const { deliveries } = await story(town, leadId)
    const { notices, erasureId } = await erased(town)
    expect(notices.map(({ schoolId, state }) => [schoolId, state]).toSorted()).toEqual([
      ['bay-shore', 'pending'],
      ['tall-grass', 'pending'],
    ])
    await settle(town)
    const { webhooks, mails } = noticesAt(town)
    const brought = deliveries.find(({ schoolId }) => schoolId === 'tall-grass')?.deliveryId
    expect(webhooks).toHaveLength(1)
    expect(JSON.parse(webhooks[0]?.body ?? '')).toMatchObject({
      type: 'lead.erased',
      data: { leadId, deliveryId: brought, school: { id: 'tall-grass' } },
    })
    expect(webhooks[0]?.headers).toMatchObject({
      'webhook-id': notices.find((one) => one.erases === brought)?.deliveryId,
    })
    expect(mails.map(({ to }) => to)).toEqual(['leads@bay-shore.example'])
    expect(mails[0]?.text).toContain(deliveries.find(({ schoolId }) => schoolId === 'bay-shore')?.deliveryId)
    const { body } = await town.house.staff('GET', `/v1/ops/erasures/${erasureId}`)
    expect(body).toMatchObject({ notices: [{ state: 'delivered' }, { state: 'delivered' }] })
  })

  it('is told until it has heard', async () => {
    const { town } = await aTownWithMemory()
    await aWornLead(town)
    town.house.webhooks.answer = () => answered(500)
    const { notices } = await erased(town)
    await settle(town)
    town.house.webhooks.answer = () => answered(204)
    town.house.pass(86_400)
    await settle(town)
    expect(noticesAt(town).webhooks.length).toBeGreaterThan(2)
    for (const { deliveryId } of notices)
      expect(await town.house.needsOf('operator').deliveries.find(deliveryId)).toMatchObject({ state: 'delivered' })
  })

  it('is told by e-mail where its webhook takes leads in a shape of its own', async () => {
    const { town } = await aTownWithMemory()
    const endpoint = {
      kind: 'webhook',
      url: 'https://leads.tall-grass.example/form',
      request: { method: 'POST', format: 'json', fields: { mail: '{{ contact.email }}', test: '{{ test }}' } },
    }
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint }))
    await aCanaryLead(town)
    await settle(town)
    const { notices } = await erased(town)
    await settle(town)
    const told = notices.find(({ schoolId }) => schoolId === 'tall-grass')?.deliveryId ?? ''
    const log = async () => (await town.house.needsOf('operator').deliveries.log(told)) ?? { attemptLog: [] }
    expect((await log()).attemptLog[0]?.reason).toContain('noticesTo')
    const alerts = town.house.logged.filter(({ event }) => event === 'school.alert')
    expect(alerts).toMatchObject([{ fields: { why: 'nowhere-to-tell', schoolId: 'tall-grass' } }])
    await write(town.house, 'schools', 'tall-grass', aSchool({ noticesTo: 'privacy@tall-grass.example' }))
    town.house.pass(86_400)
    await settle(town)
    expect(noticesAt(town).mails.map(({ to }) => to)).toContain('privacy@tall-grass.example')
  })

  it('sees that it was, and nothing of the person, and can neither tell of it nor have it again', async () => {
    const { town } = await aTownWithMemory()
    const leadId = await aWornLead(town)
    const [delivery] = (await story(town, leadId)).deliveries
    const { deliveryId = '', schoolId = '' } = delivery ?? {}
    const headers = { authorization: `Bearer ${await town.house.schoolKey(schoolId)}` }
    await erased(town)
    const list = await town.house.call('GET', '/v1/school/leads', { headers })
    expect(list.body).toMatchObject({ leads: [{ deliveryId, state: 'erased' }] })
    expect(list.text).not.toContain('event')
    const one = `/v1/school/deliveries/${deliveryId}`
    expect((await town.house.call('GET', one, { headers })).text).not.toContain('Quetzalia')
    const told = { headers, body: { disposition: 'applied' } }
    expect(await town.house.call('POST', `${one}/dispositions`, told)).toMatchObject({ status: 410 })
    expect(await town.house.call('POST', `${one}/replay`, { headers })).toMatchObject({ status: 409 })
    expect((await revealed(town, (await enquire(town, 2)).leadId)).contact.firstName).toBe('Ada')
  })
})

function rewritten(engine: Engine<Table>, rewrite: (write: Write<Table>) => Write<Table>): Engine<Table> {
  return { ...engine, transact: (writes) => engine.transact(writes.map(rewrite)) }
}

/** As whoever forgot to take this out. */
function keeping(write: Write<Table>, name: string): Write<Table> {
  if (!('change' in write)) return write
  return { ...write, remove: (write.remove ?? []).filter((one) => one !== name) }
}
