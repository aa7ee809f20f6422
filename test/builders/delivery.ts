import { type Delivery, initialDeliveryState } from '#shared/domain/delivery/delivery.ts'
import type { StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import { someInstant } from './lead.ts'

export function aDelivery(overrides: Partial<Delivery> = {}): Delivery {
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
    ...initialDeliveryState,
    priceCents: 100,
    test: false,
    ...overrides,
  }
}

/** A delivery as it is stored. */
export function aStoredDelivery({ state = 'pending', ...overrides }: Partial<StoredDelivery> = {}): StoredDelivery {
  return { ...aDelivery(overrides), state, body: '{}', taken: [] }
}
