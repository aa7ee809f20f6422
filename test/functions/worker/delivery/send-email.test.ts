import { beforeEach, describe, expect, it } from 'vitest'
import type { MailFault } from '#shared/outbound/email/mail.ts'
import {
  bayShoreCampaign,
  createTestSystem,
  putRecord,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

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

describe('a mail server that refuses an email', () => {
  it('closes a mailbox that does not exist: one attempt, one alert, and later leads wait', async () => {
    setFault({ cause: 'mailbox-unknown', reason: 'SMTP 550 5.1.1 at RCPT TO', mayHaveArrived: false })
    await system.api.deliver(emailDeliveryId)
    expect(await readDelivery(emailDeliveryId)).toMatchObject({
      state: 'parked',
      countedFailures: 0,
      uncertain: false,
      attemptLog: [{ reason: 'SMTP 550 5.1.1 at RCPT TO' }],
    })
    expect(listAlerts()).toEqual(['mail-bounced'])

    setFault(undefined)
    const { schools } = await submitTestLead(system, 2, { schoolIds: ['bay-shore'] })
    await deliverForDays(1)
    expect(await readDelivery(schools[0]?.deliveryId ?? '')).toMatchObject({ state: 'parked', attempts: 0 })
    expect(system.api.mailbox.messages).toHaveLength(0)
    await putRecord(system.api, 'campaigns', 'bay-shore-tx', bayShoreCampaign())
    await deliverForDays(1)
    expect(system.api.mailbox.messages).toHaveLength(2)
  })

  it('ends after six days of a full mailbox, with an alert within the first hour', async () => {
    setFault({ cause: 'mailbox-refused', reason: 'SMTP 452 4.2.2 at RCPT TO', mayHaveArrived: false })
    await deliverForDays(0.04)
    expect(listAlerts()).toEqual(['mail-refused'])
    await deliverForDays(8)
    expect(await readDelivery(emailDeliveryId)).toMatchObject({ state: 'dead', uncertain: false })
    expect(listAlerts()).toEqual(['mail-refused', 'delivery-failed'])
  })

  it('is charged to no school if we must act, and ends after a week', async () => {
    setFault({ cause: 'ours', reason: 'SMTP 535 5.7.8 at AUTH PLAIN', mayHaveArrived: false })
    await deliverForDays(6)
    expect(await readDelivery(emailDeliveryId)).toMatchObject({ state: 'pending', countedFailures: 0 })
    await deliverForDays(2)
    expect(await readDelivery(emailDeliveryId)).toMatchObject({ state: 'dead', countedFailures: 0, uncertain: false })
    expect(listAlerts()).toEqual(['delivery-failed'])
  })

  it('gets four copies at most of an email that it may have taken', async () => {
    setFault({ cause: 'ours', reason: 'ETIMEDOUT at DATA', mayHaveArrived: true })
    await deliverForDays(8)
    expect(await readDelivery(emailDeliveryId)).toMatchObject({ state: 'dead', uncertain: true, attempts: 4 })
  })
})

function setFault(fault: MailFault | undefined) {
  system.api.mailbox.fault = fault
}

async function deliverForDays(days: number) {
  const stepSeconds = 300
  for (let elapsed = 0; elapsed < days * 86_400; elapsed += stepSeconds) {
    await deliverDue(system)
    system.api.advanceClock(stepSeconds)
  }
}

function listAlerts() {
  return system.api.logEntries.flatMap(({ event, fields }) =>
    event === 'school.alert' && 'why' in fields ? [fields.why] : [],
  )
}

function readDelivery(deliveryId: string) {
  return system.api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)
}
