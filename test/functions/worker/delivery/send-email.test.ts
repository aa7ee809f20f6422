import { beforeEach, describe, expect, it } from 'vitest'
import { aTown, enquire, type Town } from '#test/functions/town.ts'

let town: Town
let byEmail: string
beforeEach(async () => {
  town = await aTown()
  const { schools } = await enquire(town, 1, { schoolIds: ['bay-shore'] })
  byEmail = schools[0]?.deliveryId ?? ''
})

describe('a delivery by e-mail', () => {
  it('is sent with the same content in HTML and text', async () => {
    await town.house.deliver(byEmail)
    const [message] = town.house.mailbox.messages
    expect(message).toMatchObject({ to: 'leads@bay-shore.example', replyTo: 'ada1@mail.example' })
    for (const content of [message?.html, message?.text]) expect(content).toContain('Associate of Health Information')
    expect(await log(byEmail)).toMatchObject({
      state: 'delivered',
      attemptLog: [{ kind: 'email', messageId: 'message-1' }],
    })
  })

  it('is tried again where the mail service fails, which does not count, without a word of what it said', async () => {
    town.house.mailbox.fault = new Error('ada1@mail.example is suppressed')
    await town.house.deliver(byEmail)
    const told = await log(byEmail)
    expect(told).toMatchObject({ state: 'pending', attemptLog: [{ stage: 'send', reason: 'Error', outcome: 'held' }] })
    expect(JSON.stringify(told)).not.toContain('ada1')
  })
})

function log(deliveryId: string) {
  return town.house.needsOf('operator').deliveries.log(deliveryId)
}
