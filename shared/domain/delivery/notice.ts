import { type Delivery, initialDeliveryState } from './delivery.ts'

/** Whether a delivery is a notice about another delivery, and not a lead. */
export function isNotice({ erases, withdraws }: Pick<Delivery, 'erases' | 'withdraws'>): boolean {
  return erases !== undefined || withdraws !== undefined
}

type NoticeInput = { deliveryId: string; at: string; about: 'erases' | 'withdraws' }

/** Creates the notice about a delivery. That of a delivery in progress is due when its lease ends, so that it cannot arrive before the lead. */
export function createNotice(delivery: Delivery, { deliveryId, at, about }: NoticeInput): Delivery {
  const { leadId, schoolId, schoolName, campaignId, programId, test, binding } = delivery
  const dueAt = delivery.state === 'leased' && delivery.dueAt !== undefined && delivery.dueAt > at ? delivery.dueAt : at
  const identity = {
    deliveryId,
    leadId,
    schoolId,
    schoolName,
    campaignId,
    programId,
    test,
    ...(binding && { binding }),
    [about]: delivery.deliveryId,
  }
  return { ...identity, ...initialDeliveryState, state: 'pending', createdAt: at, dueAt, priceCents: 0 }
}
