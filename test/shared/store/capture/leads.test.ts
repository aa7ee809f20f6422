import { describe, expect, it } from 'vitest'
import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import type { Reservation } from '#shared/domain/routing/caps.ts'
import type { PlannedDelivery } from '#shared/domain/routing/plan-deliveries.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { routingStore } from '#shared/store/routing/routing-store.ts'
import { aDelivery } from '#test/builders/delivery.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { aLead, at } from './a-routed-lead.ts'

const marker = { scope: 's', digest: 'ada', days: 30 }

describe('saving a lead', () => {
  it('is done once for each key', async () => {
    const { leads } = createStores()
    expect(await leads.saveOnce(aLead('a', { key: 'k' }))).toBe('saved')
    expect(await leads.saveOnce(aLead('b', { key: 'k' }))).toBe('already-saved')
    expect(await leads.find('b')).toBeUndefined()
  })

  it('loses nothing but what the race was for', async () => {
    const { leads } = createStores()
    await leads.saveOnce(aLead('a', { plannedDeliveries: [aPlannedDelivery('s', { dedupeMarkers: [marker] })] }))
    const cap = reservation(1)
    await leads.saveOnce(aLead('b', { plannedDeliveries: [aPlannedDelivery('t', { reservations: [cap] })] }))
    const plannedDeliveries = [
      aPlannedDelivery('s', { dedupeMarkers: [marker] }),
      aPlannedDelivery('t', { reservations: [cap] }),
      aPlannedDelivery('u', {}),
    ]
    expect(await leads.saveOnce(aLead('c', { plannedDeliveries }))).toEqual({ conflictingScopes: ['s'] })
    expect(await leads.find('c')).toBeUndefined()
  })

  it.each([
    [3, 1, 3],
    [10_000, 4500, 2],
    [4000, 4500, 0],
    [0, 1, 0],
  ])('takes from a cap of %i by %i exactly %i times, whoever decided', async (limit, amount, times) => {
    const { leads, counters } = createStores()
    const cap = reservation(limit, amount)
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map((number) =>
        leads.saveOnce(aLead(`lead${number}`, { plannedDeliveries: [aPlannedDelivery('s', { reservations: [cap] })] })),
      ),
    )
    expect(results.filter((one) => one === 'saved')).toHaveLength(times)
    expect(await counters([cap])).toEqual({ [cap.owner]: { [cap.counter]: times * amount } })
  })
})

function createStores() {
  const engine = memoryEngine(() => new Date(at))
  return { leads: leadStore(engine), counters: routingStore(engine).counters }
}

function reservation(limit: number, amount = 1): Reservation {
  return { owner: 'campaigns#c1', counter: 'leads-day#x', amount, limit }
}

let deliveries = 0
function aPlannedDelivery(
  schoolId: string,
  { dedupeMarkers = [], reservations = [] }: Partial<PlannedDelivery>,
): PlannedDelivery {
  deliveries += 1
  return {
    delivery: aDelivery({ deliveryId: `dlv_${deliveries}`, leadId: 'a', schoolId, createdAt: at, dueAt: at }),
    event: fullSampleLead,
    dedupeMarkers,
    reservations,
  }
}
