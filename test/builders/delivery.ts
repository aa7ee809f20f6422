import { type Delivery, untried } from '#shared/domain/delivery/delivery.ts'
import type { Kept } from '#shared/store/delivery/delivery-row.ts'
import { someInstant } from './lead.ts'

export function aDelivery(given: Partial<Delivery> = {}): Delivery {
  return {
    deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A',
    leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A',
    schoolId: 'school',
    schoolName: 'School',
    campaignId: 'c1',
    programId: 'p',
    state: 'pending',
    createdAt: someInstant,
    dueAt: someInstant,
    ...untried,
    priceCents: 100,
    test: false,
    ...given,
  }
}

/** As the store keeps it. */
export function aKeptDelivery({ state = 'pending', ...given }: Partial<Kept> = {}): Kept {
  return { ...aDelivery(given), state, body: '{}', taken: [] }
}
