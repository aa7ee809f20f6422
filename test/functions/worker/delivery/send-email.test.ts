import { beforeEach, describe, expect, it } from 'vitest'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'

let system: TestSystem
let emailDeliveryId: string
beforeEach(async () => {
  system = await createTestSystem()
  const { schools } = await submitTestLead(system, 1, { schoolIds: ['bay-shore'] })
  emailDeliveryId = schools[0]?.deliveryId ?? ''
})

describe('a delivery by email', () => {
  it('sends the same content in HTML and text', async () => {
    await system.api.deliver(emailDeliveryId)
    const [message] = system.api.mailbox.messages
    expect(message).toMatchObject({ to: 'leads@bay-shore.example', replyTo: 'ada1@mail.example' })
    for (const content of [message?.html, message?.text]) expect(content).toContain('Associate of Health Information')
    expect(await readDelivery(emailDeliveryId)).toMatchObject({
      state: 'delivered',
      attemptLog: [{ kind: 'email', messageId: 'message-1' }],
    })
  })

  it("retries uncounted when the mail service fails, and stores none of the service's message", async () => {
    system.api.mailbox.fault = new Error('ada1@mail.example is suppressed')
    await system.api.deliver(emailDeliveryId)
    const delivery = await readDelivery(emailDeliveryId)
    expect(delivery).toMatchObject({
      state: 'pending',
      attemptLog: [{ stage: 'send', reason: 'Error', outcome: 'uncounted-retry' }],
    })
    expect(JSON.stringify(delivery)).not.toContain('ada1')
  })
})

function readDelivery(deliveryId: string) {
  return system.api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)
}
