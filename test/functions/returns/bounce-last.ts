import type { Town } from '#test/functions/town.ts'

/** The last e-mail of a delivery comes back, if there was one: told again until nobody is in the way, as SNS does. */
export async function bounceLast({ house }: Town, deliveryId: string): Promise<number> {
  const { deliveries } = house.needsOf('operator')
  for (let turn = 0; turn < 20; turn++) {
    const log = await deliveries.log(deliveryId)
    const messageId = log?.attemptLog.findLast((attempt) => attempt.messageId && !attempt.cameBackAt)?.messageId
    if (!messageId) return 0
    const told = { deliveryId, messageId, to: 'leads@cedar.example', why: 'bounced', lasting: false } as const
    const done = await house.bounce(told).then(
      () => true,
      () => false,
    )
    if (done) return 1
  }
  return 0
}
