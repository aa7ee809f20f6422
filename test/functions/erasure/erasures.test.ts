import { describe, expect, it } from 'vitest'
import { findConsentProofs } from '#shared/contract/aftercare/consent-proofs.ts'
import type { Engine, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import {
  aCampaign,
  aSchool,
  putRecord,
  revealContact,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { formatUnpacked } from '#test/functions/house/format-unpacked.ts'
import { readCounters } from '#test/functions/routing/stored-rows.ts'
import { reconcileAndReport } from '#test/functions/worker/reporting/reconciliation.ts'
import {
  aCanaryLead,
  createInspectableSystem,
  email,
  erase,
  eraseAndParse,
  findTraces,
  readTimeline,
  settle,
} from './canary-lead.ts'

/** The erasure notices to schools, by webhook and by email. */
const listNotices = ({ api }: TestSystem) => ({
  webhooks: api.webhooks.requests.filter(({ body }) => body.includes('lead.erased')),
  mails: api.mailbox.messages.filter(({ subject }) => subject.startsWith('Please delete')),
})

/** A lead that was delivered, got a disposition, was revealed, and whose school responded with the visitor's name. */
async function aLeadWithHistory(system: TestSystem) {
  // The name is redacted before it is stored, and the campaign is not.
  system.api.webhooks.respond = () => webhookResponse(200, '{"for": "Quetzalia Vantongeren", "via": "q-utm"}')
  const leadId = await aCanaryLead(system)
  await settle(system)
  const { deliveries } = await readTimeline(system, leadId)
  for (const { deliveryId, schoolId } of deliveries)
    await system.api.call('POST', `/v1/school/deliveries/${deliveryId}/dispositions`, {
      headers: { authorization: `Bearer ${await system.api.schoolKey(schoolId)}` },
      body: { disposition: 'contacted', note: 'Quetzalia wants to be called at 5127891999.' },
    })
  await system.api.staff('POST', `/v1/ops/leads/${leadId}/reveals`, {
    body: { purpose: 'Vantongeren is on the phone' },
  })
  return leadId
}

/** Everyone who may record a withdrawal writes the person's name into the reason or the note. */
async function withdrawByName(system: TestSystem, leadId: string) {
  system.api.advanceClock(1)
  const [delivery] = (await readTimeline(system, leadId)).deliveries
  const { deliveryId, schoolId = '' } = delivery ?? {}
  const headers = { authorization: `Bearer ${await system.api.schoolKey(schoolId)}` }
  const path = '/v1/school/withdrawals'
  const disposition = { disposition: 'opted-out', note: 'Quetzalia said stop.' }
  await system.api.call('POST', `/v1/school/deliveries/${deliveryId}/dispositions`, { headers, body: disposition })
  const reason = 'Vantongeren called.'
  await system.api.call('POST', path, { headers, body: { deliveryId, reason } })
  await system.api.call('POST', path, { headers, body: { email, reason } })
  await system.api.call('POST', `${path}/imports`, { headers, body: { csv: `email\n${email}\n`, reason } })
  await system.api.call('POST', '/v1/consents/withdrawals', {
    headers: { 'x-source-key': system.sourceKey },
    body: { email, reason },
  })
  await system.api.continueWithdrawals()
}

describe('erasing a person', () => {
  it('removes every value of the person from leads, deliveries, attempts, notes and searches', async () => {
    const fixture = await createInspectableSystem()
    const leadId = await aLeadWithHistory(fixture.system)
    expect((await findTraces(fixture)).length).toBeGreaterThan(10)

    expect(await eraseAndParse(fixture.system)).toMatchObject({ state: 'done', leads: 1, by: { name: 'key 1' } })
    expect(await findTraces(fixture)).toEqual([])
    const { leads } = (await fixture.system.api.staff('POST', '/v1/ops/lead-searches', { body: { email } }))
      .body as never
    expect(leads).toEqual([])
    const reveal = { body: { purpose: 'A call.' } }
    expect((await fixture.system.api.staff('POST', `/v1/ops/leads/${leadId}/reveals`, reveal)).status).toBe(404)
  })

  it('removes what others wrote of the person when they recorded a withdrawal, and keeps the reasons of staff', async () => {
    const fixture = await createInspectableSystem()
    const { system } = fixture
    await putRecord(system.api, 'sources', 'landing', { name: 'Landing page', mode: 'live' })
    const leadId = await aLeadWithHistory(system)
    await withdrawByName(system, leadId)
    await system.api.staff('POST', '/v1/ops/suppressions', { body: { email, reason: 'Letter of November 23.' } })
    expect((await findTraces(fixture)).filter((trace) => trace.includes('SUPPRESSION')).length).toBeGreaterThan(3)
    await eraseAndParse(system)
    expect(await findTraces(fixture)).toEqual([])
    const { text } = await system.api.staff('GET', '/v1/ops/suppressions')
    expect(text).toContain('Letter of November 23.')
    expect((await system.api.staff('GET', '/v1/ops/audit?limit=100')).text).not.toMatch(/Quetzalia|Vantongeren/)
  })

  it('removes for what purpose the proof and everything stored were read, and keeps who read them', async () => {
    const fixture = await createInspectableSystem()
    const { api } = fixture.system
    const leadId = await aCanaryLead(fixture.system)
    for (const path of ['consent-proofs', 'access-requests'])
      await api.staff('POST', `/v1/ops/${path}`, { body: { email, purpose: 'Claim of Vantongeren.' } })
    expect((await findTraces(fixture)).filter((trace) => trace.includes('VIEW#'))).toHaveLength(2)
    await eraseAndParse(fixture.system)
    expect(await findTraces(fixture)).toEqual([])
    const proof = await api.staff('POST', '/v1/ops/consent-proofs', { body: { email, purpose: 'A later claim.' } })
    const { views } = findConsentProofs.responses[200].body.parse(proof.body).proofs[0] ?? {}
    expect([leadId, views?.map(({ purpose, name }) => [purpose, name])]).toEqual([
      leadId,
      [
        [undefined, 'key 1'],
        [undefined, 'key 1'],
      ],
    ])
  })

  it('detects: an erasure that leaves one attribute in place', async () => {
    const createForgetfulEngine = (name: string) => (engine: Engine<Table>) =>
      rewriteWrites(engine, (write) => keepAttribute(write, name))
    for (const name of ['body', 'note', 'response', 'purpose', 'inputs']) {
      const fixture = await createInspectableSystem(createForgetfulEngine(name))
      await aLeadWithHistory(fixture.system)
      await eraseAndParse(fixture.system)
      expect(await findTraces(fixture), name).not.toEqual([])
    }
  })

  it('keeps decisions, delivery times, prices and the hashed proof of consent of an erased lead', async () => {
    const fixture = await createInspectableSystem()
    const leadId = await aLeadWithHistory(fixture.system)
    const before = await readTimeline(fixture.system, leadId)
    const { erasureId, requestedAt } = await eraseAndParse(fixture.system)

    const after = await readTimeline(fixture.system, leadId)
    expect(after).toMatchObject({ outcome: 'accepted', state: 'TX', erased: { erasureId, erasedAt: requestedAt } })
    expect(after.decisions).toEqual(before.decisions)
    expect(after.consent).toMatchObject({
      grantedAt: before.consent?.grantedAt,
      disclosure: before.consent?.disclosure,
    })
    expect(after.deliveries.map(({ state, deliveredAt, priceCents }) => [state, deliveredAt, priceCents])).toEqual(
      before.deliveries.map(({ deliveredAt, priceCents }) => ['erased', deliveredAt, priceCents]),
    )
    fixture.system.api.advanceClock(3600)
    expect(await reconcileAndReport(fixture.system)).toMatchObject({
      body: { drift: 0, schools: { erased: 2, delivered: 0 } },
    })
  })

  it('keeps the proof of consent for five years from the day of consent and no longer', async () => {
    const { system } = await createInspectableSystem()
    const leadId = await aCanaryLead(system)
    await eraseAndParse(system)
    system.api.clock.now = new Date('2031-11-23T14:59:59.000Z')
    expect(await readTimeline(system, leadId)).toHaveProperty('consent')
    system.api.clock.now = new Date('2031-11-23T15:00:01.000Z')
    expect(await readTimeline(system, leadId)).not.toHaveProperty('consent')
  })

  it('leaves the rows of other people unchanged', async () => {
    const { system, rows } = await createInspectableSystem()
    const { leadId } = await submitTestLead(system, 1)
    await settle(system)
    const otherRows = async () => (await rows()).filter((row) => JSON.stringify(row).includes(leadId))
    const before = await otherRows()
    await aLeadWithHistory(system)
    await eraseAndParse(system)
    await settle(system)
    expect(await otherRows()).toEqual(before)
  })

  it('accepts a new lead of an erased person unless the erasure also withdrew consent', async () => {
    const { system } = await createInspectableSystem()
    await aCanaryLead(system)
    await eraseAndParse(system)
    system.api.advanceClock(60)
    const newLeadId = await aCanaryLead(system)
    expect(await readTimeline(system, newLeadId)).toMatchObject({ outcome: 'accepted' })
    expect(await eraseAndParse(system, { email, withdraw: true })).toMatchObject({ leads: 1 })
    system.api.advanceClock(60)
    expect(await readTimeline(system, await aCanaryLead(system))).toMatchObject({ outcome: 'unmatched' })
  })
})

describe('an erasure', () => {
  it.each([
    ['email, in any spelling', { email: ' QUETZALIA@mail.example' }],
    ['phone, in any spelling', { phone: '512.789.1999' }],
    ['email or phone if only one of them matches', { email: 'unknown@mail.example', phone: '+1 512 789 1999' }],
  ])('finds the person to erase by %s', async (_, body) => {
    const fixture = await createInspectableSystem()
    await aCanaryLead(fixture.system)
    expect(await eraseAndParse(fixture.system, body)).toMatchObject({ leads: 1 })
    expect(await findTraces(fixture)).toEqual([])
  })

  it('erases all leads with the email of a given lead', async () => {
    const fixture = await createInspectableSystem()
    const leadId = await aCanaryLead(fixture.system)
    fixture.system.api.advanceClock(60)
    await aCanaryLead(fixture.system)
    expect(await eraseAndParse(fixture.system, { leadId })).toMatchObject({ leads: 2 })
    expect(await findTraces(fixture)).toEqual([])
    expect((await erase(fixture.system, { leadId })).status).toBe(404)
  })

  it('returns a receipt with 0 leads for an unknown person, and refuses a request without a valid email, phone or lead', async () => {
    const { system } = await createInspectableSystem()
    expect(await eraseAndParse(system)).toMatchObject({ state: 'done', leads: 0, notices: [] })
    for (const body of [{}, { email: 'quetzalia' }, { phone: '12' }]) {
      const { status, text } = await erase(system, body)
      expect([status, text]).toEqual([422, expect.stringMatching(/must (be|contain)/)])
      expect(text).not.toContain('quetzalia')
    }
  })

  it('lists and reads an erasure without any value or hash of the person', async () => {
    const { system, rows } = await createInspectableSystem()
    await aCanaryLead(system)
    const { erasureId } = await eraseAndParse(system)
    const list = await system.api.staff('GET', '/v1/ops/erasures')
    expect(list.body).toMatchObject({ erasures: [{ erasureId, state: 'done', leads: 1 }] })
    expect((await system.api.staff('GET', `/v1/ops/erasures/${erasureId}`)).body).toMatchObject({ leads: 1 })
    const receipt = (await rows()).filter(({ pk }) => pk === `ERASURE#${erasureId}`)
    const { email: hash } = system.api.createDependencies('operator').digests.hashPerson({ email, phone: '' })
    expect(JSON.stringify(receipt)).not.toContain(hash)
    expect(JSON.stringify(system.api.logEntries)).not.toMatch(/quetzalia|5127891999/i)
  })

  it('releases the caps of an undelivered lead and keeps those of a delivered one', async () => {
    const { system } = await createInspectableSystem()
    const caps = { caps: [{ period: 'day', limit: 9 }] }
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign(caps))
    const countUsed = async () => Object.values(await readCounters(system.api, 'campaigns#tall-grass-tx'))
    await aCanaryLead(system)
    expect(await countUsed()).toEqual([1])
    await eraseAndParse(system)
    expect(await countUsed()).toEqual([0])
    system.api.advanceClock(60)
    await aCanaryLead(system)
    await settle(system)
    await eraseAndParse(system)
    expect(await countUsed()).toEqual([1])
  })
})

describe('the erasure notice to a school', () => {
  it('sends the notice through the same signed webhook or email as the lead, with the IDs that the school knows', async () => {
    const { system } = await createInspectableSystem()
    const leadId = await aLeadWithHistory(system)
    const { deliveries } = await readTimeline(system, leadId)
    const { notices, erasureId } = await eraseAndParse(system)
    expect(notices.map(({ schoolId, state }) => [schoolId, state]).toSorted()).toEqual([
      ['bay-shore', 'pending'],
      ['tall-grass', 'pending'],
    ])
    await settle(system)
    const { webhooks, mails } = listNotices(system)
    const leadDeliveryId = deliveries.find(({ schoolId }) => schoolId === 'tall-grass')?.deliveryId
    expect(webhooks).toHaveLength(1)
    expect(JSON.parse(webhooks[0]?.body ?? '')).toMatchObject({
      type: 'lead.erased',
      data: { leadId, deliveryId: leadDeliveryId, school: { id: 'tall-grass' } },
    })
    expect(webhooks[0]?.headers).toMatchObject({
      'webhook-id': notices.find((one) => one.erases === leadDeliveryId)?.deliveryId,
    })
    expect(mails.map(({ to }) => to)).toEqual(['leads@bay-shore.example'])
    expect(mails[0]?.text).toContain(deliveries.find(({ schoolId }) => schoolId === 'bay-shore')?.deliveryId)
    const { body } = await system.api.staff('GET', `/v1/ops/erasures/${erasureId}`)
    expect(body).toMatchObject({ notices: [{ state: 'delivered' }, { state: 'delivered' }] })
  })

  it('is not sent to a school that the lead was never sent to', async () => {
    const { system } = await createInspectableSystem()
    const closed = { open: [{ days: ['sunday'], from: '09:00', to: '10:00' }], outside: 'park' }
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ hours: closed }))
    const leadId = await aCanaryLead(system)
    await settle(system)
    const states = (await readTimeline(system, leadId)).deliveries.map(({ schoolId, state }) => [schoolId, state])
    expect(states.toSorted()).toEqual([
      ['bay-shore', 'delivered'],
      ['tall-grass', 'parked'],
    ])
    const { notices } = await eraseAndParse(system)
    expect(notices.map(({ schoolId }) => schoolId)).toEqual(['bay-shore'])
  })

  it('retries the notice until the school accepts it', async () => {
    const { system } = await createInspectableSystem()
    await aLeadWithHistory(system)
    system.api.webhooks.respond = () => webhookResponse(500)
    const { notices } = await eraseAndParse(system)
    await settle(system)
    system.api.webhooks.respond = () => webhookResponse(204)
    system.api.advanceClock(86_400)
    await settle(system)
    expect(listNotices(system).webhooks.length).toBeGreaterThan(2)
    for (const { deliveryId } of notices)
      expect(await system.api.createDependencies('operator').deliveries.find(deliveryId)).toMatchObject({
        state: 'delivered',
      })
  })

  it('sends the notice by email if the webhook of the school expects a custom request shape', async () => {
    const { system } = await createInspectableSystem()
    const endpoint = {
      kind: 'webhook',
      url: 'https://leads.tall-grass.example/form',
      request: { method: 'POST', format: 'json', fields: { mail: '{{ contact.email }}', test: '{{ test }}' } },
    }
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint }))
    await aCanaryLead(system)
    await settle(system)
    const { notices } = await eraseAndParse(system)
    await settle(system)
    const noticeId = notices.find(({ schoolId }) => schoolId === 'tall-grass')?.deliveryId ?? ''
    const log = async () =>
      (await system.api.createDependencies('operator').deliveries.findWithAttempts(noticeId)) ?? { attemptLog: [] }
    expect((await log()).attemptLog[0]?.reason).toContain('privacyNoticeEmail')
    const alerts = system.api.logEntries.filter(({ event }) => event === 'school.alert')
    expect(alerts).toMatchObject([{ fields: { why: 'no-notice-address', schoolId: 'tall-grass' } }])
    await putRecord(system.api, 'schools', 'tall-grass', aSchool({ privacyNoticeEmail: 'privacy@tall-grass.example' }))
    system.api.advanceClock(86_400)
    await settle(system)
    expect(listNotices(system).mails.map(({ to }) => to)).toContain('privacy@tall-grass.example')
  })

  it('shows the school an erased lead without personal data and refuses dispositions and replays of it', async () => {
    const { system } = await createInspectableSystem()
    const leadId = await aLeadWithHistory(system)
    const [delivery] = (await readTimeline(system, leadId)).deliveries
    const { deliveryId = '', schoolId = '' } = delivery ?? {}
    const headers = { authorization: `Bearer ${await system.api.schoolKey(schoolId)}` }
    await eraseAndParse(system)
    const list = await system.api.call('GET', '/v1/school/leads', { headers })
    expect(list.body).toMatchObject({ leads: [{ deliveryId, state: 'erased' }] })
    expect(list.text).not.toContain('event')
    const deliveryPath = `/v1/school/deliveries/${deliveryId}`
    expect((await system.api.call('GET', deliveryPath, { headers })).text).not.toContain('Quetzalia')
    const dispositionRequest = { headers, body: { disposition: 'applied' } }
    expect(await system.api.call('POST', `${deliveryPath}/dispositions`, dispositionRequest)).toMatchObject({
      status: 410,
    })
    expect(await system.api.call('POST', `${deliveryPath}/replay`, { headers })).toMatchObject({ status: 409 })
    expect((await revealContact(system, (await submitTestLead(system, 2)).leadId)).contact.firstName).toBe('Ada')
  })
})

function rewriteWrites(engine: Engine<Table>, rewrite: (write: Write<Table>) => Write<Table>): Engine<Table> {
  return { ...engine, transact: (writes) => engine.transact(writes.map(rewrite)) }
}

/** Simulates an erasure that does not remove this attribute. */
function keepAttribute(write: Write<Table>, name: string): Write<Table> {
  // The content of a delivery, if it has a row, is replaced as a whole, by one without a body.
  if (name === 'body' && 'put' in write && write.put.sk === 'CONTENT' && !formatUnpacked(write.put).includes('"body"'))
    return { in: 'leads', put: { ...write.put, sk: 'NO CONTENT' } }
  if (!('change' in write)) return write
  // The first attempt of a delivery is replaced by one without a response.
  if (name === 'response' && write.set?.firstAttempt !== undefined && !write.unique)
    return { in: 'leads', check: write.change, when: { exists: true } }
  const remove = (write.remove ?? []).filter((one) => one !== name)
  const isEmpty = remove.length === 0 && Object.keys({ ...write.set, ...write.add }).length === 0
  return isEmpty ? { in: 'leads', check: write.change, when: { exists: true } } : { ...write, remove }
}
