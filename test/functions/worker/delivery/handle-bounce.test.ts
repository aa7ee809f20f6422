import { beforeEach, expect, it } from 'vitest'
import { parseSesEvent } from '#shared/outbound/email/parse-ses-event.ts'
import {
  bayShoreCampaign,
  createTestSystem,
  putRecord,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

const to = 'leads@bay-shore.example'
let system: TestSystem
let deliveryId: string
beforeEach(async () => {
  system = await createTestSystem()
  const { schools } = await submitTestLead(system, 1, { schoolIds: ['bay-shore'] })
  deliveryId = schools[0]?.deliveryId ?? ''
  await system.api.deliver(deliveryId)
})
const createBounce = () => ({ deliveryId, messageId: 'message-1', to: [to], why: 'bounced' as const, lasting: true })
const readDelivery = (id = deliveryId) => system.api.createDependencies('operator').deliveries.findWithAttempts(id)
const listAlerts = () =>
  system.api.logEntries.filter(({ event }) => event === 'school.alert').map(({ fields }) => fields)

it('parks a delivery whose email bounced, and sends it again when the campaign has a new mailbox', async () => {
  expect(await readDelivery()).toMatchObject({ state: 'delivered' })
  await system.api.bounce(createBounce())
  expect(await readDelivery()).toMatchObject({ state: 'parked', dueAt: '2026-11-23T16:00:00.000Z' })
  expect((await readDelivery())?.deliveredAt).toBeUndefined()
  expect(listAlerts()).toMatchObject([{ why: 'mail-bounced', schoolId: 'bay-shore', deliveryId }])

  await putRecord(
    system.api,
    'campaigns',
    'bay-shore-tx',
    bayShoreCampaign({ endpoint: { kind: 'email', to: 'new@bay-shore.example' } }),
  )
  system.api.advanceClock(3600)
  await deliverDue(system)
  const ids = system.api.mailbox.messages.map((message) => [message.to, message.tags.deliveryId])
  expect(ids).toEqual([
    [to, deliveryId],
    ['new@bay-shore.example', deliveryId],
  ])
  expect(await readDelivery()).toMatchObject({ state: 'delivered' })
})

it('holds later leads for a mailbox that bounced permanently', async () => {
  await system.api.bounce(createBounce())
  const { schools } = await submitTestLead(system, 2, { schoolIds: ['bay-shore'] })
  system.api.advanceClock(3600)
  await deliverDue(system)
  expect(system.api.mailbox.messages).toHaveLength(1)
  expect(await readDelivery(schools[0]?.deliveryId)).toMatchObject({ state: 'parked', attempts: 0 })
})

it('sends to a mailbox again one hour after a temporary bounce', async () => {
  await system.api.bounce({ ...createBounce(), lasting: false })
  system.api.advanceClock(3600)
  await deliverDue(system)
  expect(system.api.mailbox.messages).toHaveLength(2)
})

it('sends three more emails at most when each one bounces temporarily, and then holds the mailbox', async () => {
  const sentAt: number[] = []
  for (let hour = 0; hour < 30 * 24; hour++) {
    const { messages } = system.api.mailbox
    if (messages.length > sentAt.length) {
      sentAt.push(hour)
      await system.api.bounce({ ...createBounce(), messageId: `message-${messages.length}`, lasting: false })
    }
    system.api.advanceClock(3600)
    await deliverDue(system)
  }
  expect(sentAt).toEqual([0, 1, 7, 31])
  expect(await readDelivery()).toMatchObject({ state: 'parked', attempts: 4 })
  const { schools } = await submitTestLead(system, 2, { schoolIds: ['bay-shore'] })
  await deliverDue(system)
  expect(await readDelivery(schools[0]?.deliveryId)).toMatchObject({ state: 'parked', attempts: 0 })
})

it('sends no second email, and raises no alert, after an automatic reply', async () => {
  await system.api.bounce({ ...createBounce(), why: 'arrived', lasting: false })
  expect(await readDelivery()).toMatchObject({ state: 'delivered', attemptLog: [{ outcome: 'delivered' }] })
  system.api.advanceClock(30 * 86_400)
  await deliverDue(system)
  expect(system.api.mailbox.messages).toHaveLength(1)
  expect(listAlerts()).toEqual([])
})

it('keeps a delivery delivered after a complaint, and sends no more leads to that mailbox', async () => {
  await system.api.bounce({ ...createBounce(), why: 'complained' })
  expect(await readDelivery()).toMatchObject({ state: 'delivered' })
  await submitTestLead(system, 2, { schoolIds: ['bay-shore'] })
  await deliverDue(system)
  expect(system.api.mailbox.messages).toHaveLength(1)
  expect(listAlerts()).toMatchObject([{ why: 'mail-complained' }])
})

it('sends nothing to a mailbox that complained, of whatever campaign, until staff save one that has it', async () => {
  const saveSecond = () =>
    putRecord(
      system.api,
      'campaigns',
      'bay-shore-second',
      bayShoreCampaign({ priority: 1, endpoint: { kind: 'email', to: to.toUpperCase() } }),
    )
  await saveSecond()
  await system.api.bounce({ ...createBounce(), why: 'complained' })
  const { schools } = await submitTestLead(system, 2, { schoolIds: ['bay-shore'] })
  const secondId = schools[0]?.deliveryId ?? ''
  const schoolKey = await system.api.schoolKey('bay-shore')
  for (const status of ['paused', 'active'])
    await system.api.call('PATCH', '/v1/school/campaigns/bay-shore-second', {
      headers: { authorization: `Bearer ${schoolKey}` },
      body: { status },
    })
  system.api.advanceClock(3600)
  await deliverDue(system)
  expect(await readDelivery(secondId)).toMatchObject({ campaignId: 'bay-shore-second', state: 'parked', attempts: 0 })
  expect(system.api.mailbox.messages).toHaveLength(1)

  await saveSecond()
  system.api.advanceClock(3600)
  await deliverDue(system)
  expect(await readDelivery(secondId)).toMatchObject({ state: 'delivered' })
})

it('ignores a repeated bounce, an unknown message and an unknown delivery', async () => {
  await system.api.bounce({ ...createBounce(), lasting: false })
  system.api.advanceClock(3600)
  await deliverDue(system)
  await system.api.bounce({ ...createBounce(), lasting: false })
  expect(await readDelivery()).toMatchObject({ state: 'delivered', attempts: 2 })
  await system.api.bounce({ ...createBounce(), messageId: 'unknown' })
  await system.api.bounce({ ...createBounce(), deliveryId: 'dlv_0000000000000000009999' })
  expect(await readDelivery()).toMatchObject({ state: 'delivered' })
})

it('postpones a bounce while another attempt is under way, and records it afterwards', async () => {
  const { api } = system
  await api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
  api.watch.beforeCommit = async () => {
    api.watch.beforeCommit = async () => {
      api.watch.fault = new Error('The process is gone.')
      throw api.watch.fault
    }
  }
  api.mailbox.fault = new Error('The process is gone.')
  await expect(api.deliver(deliveryId)).rejects.toThrow()
  api.mailbox.fault = undefined
  api.watch.fault = undefined
  expect(await readDelivery()).toMatchObject({ state: 'leased', attempts: 2, deliveredAt: expect.any(String) })
  await expect(api.bounce(createBounce())).rejects.toThrow('under way')
  await api.call('POST', '/v1/consents/withdrawals', {
    headers: { 'x-source-key': system.sourceKey },
    body: { email: 'ada1@mail.example' },
  })

  api.advanceClock(3600)
  await deliverDue(system)
  expect(await readDelivery()).toMatchObject({ state: 'delivered' })
  await api.bounce(createBounce())
  expect(await readDelivery()).toMatchObject({ state: 'parked', attemptLog: [{ bouncedAt: expect.any(String) }, {}] })
  expect((await readDelivery())?.deliveredAt).toBeUndefined()
})

it('undoes a delivery of two accepted emails only when both have bounced, in either order', async () => {
  for (const order of [
    ['message-1', 'message-2'],
    ['message-4', 'message-3'],
  ]) {
    const { schools } = await submitTestLead(system, order[0] === 'message-1' ? 3 : 4, { schoolIds: ['bay-shore'] })
    deliveryId = schools[0]?.deliveryId ?? ''
    await system.api.deliver(deliveryId)
    await system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
    await system.api.deliver(deliveryId)
    const [first, second] = (await readDelivery())?.attemptLog.map(({ messageId = '' }) => messageId) ?? []
    const ids = order[0] === 'message-1' ? [first, second] : [second, first]
    await system.api.bounce({ ...createBounce(), messageId: ids[0] ?? '', lasting: false })
    expect(await readDelivery()).toMatchObject({ state: 'delivered' })
    await system.api.bounce({ ...createBounce(), messageId: ids[1] ?? '', lasting: false })
    expect(await readDelivery()).toMatchObject({ state: 'parked' })
  }
})

it('parses bounce and complaint events of SES and rejects other events', () => {
  const mail = { messageId: 'm', destination: [to], tags: { deliveryId: ['dlv_1'], 'ses:configuration-set': ['set'] } }
  const parse = (detail: object) =>
    parseSesEvent(JSON.stringify({ 'detail-type': 'Email Bounced', detail: { mail, ...detail } }))
  const common = { deliveryId: 'dlv_1', messageId: 'm', to: [to] }
  expect(parse({ eventType: 'Bounce', bounce: { bounceType: 'Permanent' } })).toEqual({
    ...common,
    why: 'bounced',
    lasting: true,
  })
  expect(parse({ eventType: 'Bounce', bounce: { bounceType: 'Transient' } })).toEqual({
    ...common,
    why: 'bounced',
    lasting: false,
  })
  expect(parse({ eventType: 'Complaint' })).toEqual({ ...common, why: 'complained', lasting: true })
  expect(() => parse({ eventType: 'Open' })).toThrow()

  const general = { bounceType: 'Transient', bounceSubType: 'General' }
  const status = { status: '4.2.1', action: 'failed', diagnosticCode: 'smtp; 450 4.2.1 try later' }
  for (const [bounce, why] of [
    // An automatic reply has no delivery status.
    [{ ...general, bouncedRecipients: [{ emailAddress: to }] }, 'arrived'],
    [{ ...general, bouncedRecipients: [{ emailAddress: to, status: null, diagnosticCode: null }] }, 'arrived'],
    [{ bounceType: 'Transient', bounceSubType: null, bouncedRecipients: [] }, 'bounced'],
    [{ ...general, bouncedRecipients: [{ emailAddress: to, ...status }] }, 'bounced'],
    [{ bounceType: 'Transient', bounceSubType: 'MailboxFull', bouncedRecipients: [{ emailAddress: to }] }, 'bounced'],
    [
      { bounceType: 'Undetermined', bounceSubType: 'Undetermined', bouncedRecipients: [{ emailAddress: to }] },
      'bounced',
    ],
  ] as const)
    expect(parse({ eventType: 'Bounce', bounce })).toEqual({ ...common, why, lasting: false })
  for (const [complaintFeedbackType, why] of [
    ['not-spam', 'arrived'],
    ['abuse', 'complained'],
    [undefined, 'complained'],
    [null, 'complained'],
  ] as const)
    expect(parse({ eventType: 'Complaint', complaint: { complaintFeedbackType } })).toMatchObject({ why })
})
