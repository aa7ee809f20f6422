import type { TestSystem } from '#test/functions/create-test-system.ts'

/** Reports a bounce of the last email of a delivery, if there is one, and repeats it on conflicts as SNS does. */
export async function bounceLastEmail({ api }: TestSystem, deliveryId: string): Promise<number> {
  const { deliveries } = api.createDependencies('operator')
  for (let turn = 0; turn < 20; turn++) {
    const log = await deliveries.findWithAttempts(deliveryId)
    const messageId = log?.attemptLog.findLast((attempt) => attempt.messageId && !attempt.bouncedAt)?.messageId
    if (!messageId) return 0
    const recipient = { deliveryId, messageId, to: ['leads@cedar.example'] }
    const bounce = { ...recipient, why: 'bounced' as const, lasting: false }
    const isRecorded = await api.bounce(bounce).then(
      () => true,
      () => false,
    )
    if (isRecorded) return 1
  }
  return 0
}
