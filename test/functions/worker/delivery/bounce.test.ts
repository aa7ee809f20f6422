import { beforeEach, expect, it } from 'vitest'
import { readSesEvent } from '#shared/outbound/email/ses-event.ts'
import { deliverDue } from '#test/functions/routing/market.ts'
import { aTown, bayShoreCampaign, enquire, type Town, write } from '#test/functions/town.ts'

const to = 'leads@bay-shore.example'
let town: Town
let deliveryId: string
beforeEach(async () => {
  town = await aTown()
  const { schools } = await enquire(town, 1, { schoolIds: ['bay-shore'] })
  deliveryId = schools[0]?.deliveryId ?? ''
  await town.house.deliver(deliveryId)
})
const bounced = () => ({ deliveryId, messageId: 'message-1', to, why: 'bounced', lasting: true }) as const
const log = (id = deliveryId) => town.house.needsOf('operator').deliveries.log(id)
const alerts = () => town.house.logged.filter(({ event }) => event === 'school.alert').map(({ fields }) => fields)

it('an e-mail that bounces was no delivery: it is parked, and goes out again where the campaign has another mailbox', async () => {
  expect(await log()).toMatchObject({ state: 'delivered' })
  await town.house.bounce(bounced())
  expect(await log()).toMatchObject({ state: 'parked', dueAt: '2026-11-23T16:00:00.000Z' })
  expect((await log())?.deliveredAt).toBeUndefined()
  expect(alerts()).toMatchObject([{ why: 'mail-bounced', schoolId: 'bay-shore', deliveryId }])

  await write(
    town.house,
    'campaigns',
    'bay-shore-tx',
    bayShoreCampaign({ endpoint: { kind: 'email', to: 'new@bay-shore.example' } }),
  )
  town.house.pass(3600)
  await deliverDue(town)
  const ids = town.house.mailbox.messages.map((message) => [message.to, message.tags.deliveryId])
  expect(ids).toEqual([
    [to, deliveryId],
    ['new@bay-shore.example', deliveryId],
  ])
  expect(await log()).toMatchObject({ state: 'delivered' })
})

it('a mailbox that bounces is written to no more, and the leads for it wait', async () => {
  await town.house.bounce(bounced())
  const { schools } = await enquire(town, 2, { schoolIds: ['bay-shore'] })
  town.house.pass(3600)
  await deliverDue(town)
  expect(town.house.mailbox.messages).toHaveLength(1)
  expect(await log(schools[0]?.deliveryId)).toMatchObject({ state: 'parked', attempts: 0 })
})

it('a mailbox that was full for a while is written to again after an hour', async () => {
  await town.house.bounce({ ...bounced(), lasting: false })
  town.house.pass(3600)
  await deliverDue(town)
  expect(town.house.mailbox.messages).toHaveLength(2)
})

it('who complains has had the lead, and gets no more', async () => {
  await town.house.bounce({ ...bounced(), why: 'complained' })
  expect(await log()).toMatchObject({ state: 'delivered' })
  await enquire(town, 2, { schoolIds: ['bay-shore'] })
  await deliverDue(town)
  expect(town.house.mailbox.messages).toHaveLength(1)
  expect(alerts()).toMatchObject([{ why: 'mail-complained' }])
})

it('what is told twice, or of a message that was sent before one that arrived, takes nothing back', async () => {
  await town.house.bounce({ ...bounced(), lasting: false })
  town.house.pass(3600)
  await deliverDue(town)
  await town.house.bounce({ ...bounced(), lasting: false })
  expect(await log()).toMatchObject({ state: 'delivered', attempts: 2 })
  await town.house.bounce({ ...bounced(), messageId: 'unknown' })
  await town.house.bounce({ ...bounced(), deliveryId: 'dlv_0000000000000000009999' })
  expect(await log()).toMatchObject({ state: 'delivered' })
})

it('an e-mail that comes back while another attempt is under way, or was cut short, is no delivery either', async () => {
  const { house } = town
  await house.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
  house.watch.beforeCommit = async () => {
    house.watch.beforeCommit = async () => {
      throw new Error('The process is gone.')
    }
  }
  house.mailbox.fault = new Error('The process is gone.')
  await expect(house.deliver(deliveryId)).rejects.toThrow()
  house.mailbox.fault = undefined
  expect(await log()).toMatchObject({ state: 'leased', attempts: 2, deliveredAt: expect.any(String) })
  await expect(house.bounce(bounced())).rejects.toThrow('under way')
  await house.call('POST', '/v1/consents/withdrawals', {
    headers: { 'x-source-key': town.sourceKey },
    body: { email: 'ada1@mail.example' },
  })

  house.pass(3600)
  await deliverDue(town)
  expect(await log()).toMatchObject({ state: 'delivered' })
  await house.bounce(bounced())
  expect(await log()).toMatchObject({ state: 'parked', attemptLog: [{ cameBackAt: expect.any(String) }, {}] })
  expect((await log())?.deliveredAt).toBeUndefined()
})

it('of two that arrived, both must come back before it counts for none, in either order', async () => {
  for (const order of [
    ['message-1', 'message-2'],
    ['message-4', 'message-3'],
  ]) {
    const { schools } = await enquire(town, order[0] === 'message-1' ? 3 : 4, { schoolIds: ['bay-shore'] })
    deliveryId = schools[0]?.deliveryId ?? ''
    await town.house.deliver(deliveryId)
    await town.house.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
    await town.house.deliver(deliveryId)
    const [first, second] = (await log())?.attemptLog.map(({ messageId = '' }) => messageId) ?? []
    const ids = order[0] === 'message-1' ? [first, second] : [second, first]
    await town.house.bounce({ ...bounced(), messageId: ids[0] ?? '', lasting: false })
    expect(await log()).toMatchObject({ state: 'delivered' })
    await town.house.bounce({ ...bounced(), messageId: ids[1] ?? '', lasting: false })
    expect(await log()).toMatchObject({ state: 'parked' })
  }
})

it('what SES tells is read', () => {
  const mail = { messageId: 'm', destination: [to], tags: { deliveryId: ['dlv_1'], 'ses:configuration-set': ['set'] } }
  const told = (detail: object) =>
    readSesEvent(JSON.stringify({ 'detail-type': 'Email Bounced', detail: { mail, ...detail } }))
  const common = { deliveryId: 'dlv_1', messageId: 'm', to }
  expect(told({ eventType: 'Bounce', bounce: { bounceType: 'Permanent' } })).toEqual({
    ...common,
    why: 'bounced',
    lasting: true,
  })
  expect(told({ eventType: 'Bounce', bounce: { bounceType: 'Transient' } })).toEqual({
    ...common,
    why: 'bounced',
    lasting: false,
  })
  expect(told({ eventType: 'Complaint' })).toEqual({ ...common, why: 'complained', lasting: true })
  expect(() => told({ eventType: 'Open' })).toThrow()
})
