import { describe, expect, it } from 'vitest'
import type { Reservation } from '#shared/domain/routing/caps.ts'
import type { DeliveryToSave } from '#shared/store/capture/lead-writes.ts'
import { leadStore, type RoutedLead } from '#shared/store/capture/leads.ts'
import { routingStore } from '#shared/store/routing/routing-store.ts'
import { aDelivery } from '#test/builders/delivery.ts'
import { memoryEngine } from '#test/memory-engine.ts'

const at = '2026-11-23T15:00:00.000Z'
const marker = { scope: 's', digest: 'ada', days: 30 }

describe('saving a lead', () => {
  it('is done once for each key', async () => {
    const { leads } = createStores()
    expect(await leads.saveOnce(aLead('a', { key: 'k' }))).toBe('saved')
    expect(await leads.saveOnce(aLead('b', { key: 'k' }))).toBe('standing')
    expect(await leads.find('b')).toBeUndefined()
  })

  it('loses nothing but what the race was for', async () => {
    const { leads } = createStores()
    await leads.saveOnce(aLead('a', { deliveriesToSave: [aDeliveryToSave('s', { dedupeMarkers: [marker] })] }))
    const cap = reservation(1)
    await leads.saveOnce(aLead('b', { deliveriesToSave: [aDeliveryToSave('t', { reservations: [cap] })] }))
    const deliveriesToSave = [
      aDeliveryToSave('s', { dedupeMarkers: [marker] }),
      aDeliveryToSave('t', { reservations: [cap] }),
      aDeliveryToSave('u', {}),
    ]
    expect(await leads.saveOnce(aLead('c', { deliveriesToSave }))).toEqual({ conflictingScopes: ['s'] })
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
        leads.saveOnce(aLead(`lead${number}`, { deliveriesToSave: [aDeliveryToSave('s', { reservations: [cap] })] })),
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
function aDeliveryToSave(
  schoolId: string,
  { dedupeMarkers = [], reservations = [] }: Partial<DeliveryToSave>,
): DeliveryToSave {
  deliveries += 1
  return {
    delivery: aDelivery({ deliveryId: `dlv_${deliveries}`, leadId: 'a', schoolId, createdAt: at, dueAt: at }),
    body: '{}',
    dedupeMarkers,
    reservations,
  }
}

function aLead(
  leadId: string,
  { key = leadId, deliveriesToSave = [] }: { key?: string; deliveriesToSave?: DeliveryToSave[] },
): RoutedLead {
  const page = { url: 'https://careers.example/' }
  return {
    lead: {
      leadId,
      receivedAt: at,
      outcome: 'accepted',
      sourceId: 'landing',
      careerSlug: 'nurse',
      state: 'TX',
      contact: {
        firstName: 'Ada',
        lastName: 'E',
        email: 'a@b.example',
        phone: '+15127891111',
        zip: '78701',
        state: 'TX',
      },
      education: { highestLevel: 'ged' },
      page,
      test: false,
    },
    consent: {
      grantedAt: at,
      disclosure: { version: '1', sha256: 'a'.repeat(64), text: 'Yes.', schoolIds: [] },
      schoolIds: [],
      page,
    },
    decision: { rulesVersion: '1', decidedAt: at, seed: leadId, verdicts: [] },
    inputs: {},
    deliveriesToSave,
    dedupeMarkers: [],
    people: [`hmac-${leadId}`],
    response: { sourceId: 'landing', keyDigest: key, bodyDigest: 'd', body: '{}' },
  }
}
