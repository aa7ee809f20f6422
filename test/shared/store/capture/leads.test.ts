import { describe, expect, it } from 'vitest'
import type { Reservation } from '#shared/domain/routing/caps.ts'
import type { Taker } from '#shared/store/capture/lead-parts.ts'
import { leadStore, type NewLead } from '#shared/store/capture/leads.ts'
import { routing } from '#shared/store/routing/routing.ts'
import { aDelivery } from '#test/builders/delivery.ts'
import { memoryEngine } from '#test/memory-engine.ts'

const at = '2026-11-23T15:00:00.000Z'
const guard = { scope: 's', digest: 'ada', days: 30 }

describe('saving a lead', () => {
  it('is done once for each key', async () => {
    const { leads } = open()
    expect(await leads.saveOnce(aLead('a', { key: 'k' }))).toBe('saved')
    expect(await leads.saveOnce(aLead('b', { key: 'k' }))).toBe('standing')
    expect(await leads.find('b')).toBeUndefined()
  })

  it('loses nothing but what the race was for', async () => {
    const { leads } = open()
    await leads.saveOnce(aLead('a', { takers: [aTaker('s', { guards: [guard] })] }))
    const cap = reservation(1)
    await leads.saveOnce(aLead('b', { takers: [aTaker('t', { reservations: [cap] })] }))
    const takers = [aTaker('s', { guards: [guard] }), aTaker('t', { reservations: [cap] }), aTaker('u', {})]
    expect(await leads.saveOnce(aLead('c', { takers }))).toEqual({ lost: ['s'] })
    expect(await leads.find('c')).toBeUndefined()
  })

  it.each([
    [3, 1, 3],
    [10_000, 4500, 2],
    [4000, 4500, 0],
    [0, 1, 0],
  ])('takes from a cap of %i by %i exactly %i times, whoever decided', async (limit, amount, times) => {
    const { leads, counters } = open()
    const cap = reservation(limit, amount)
    const saved = await Promise.all(
      [1, 2, 3, 4, 5].map((number) =>
        leads.saveOnce(aLead(`lead${number}`, { takers: [aTaker('s', { reservations: [cap] })] })),
      ),
    )
    expect(saved.filter((one) => one === 'saved')).toHaveLength(times)
    expect(await counters([cap])).toEqual({ [cap.owner]: { [cap.counter]: times * amount } })
  })
})

function open() {
  const engine = memoryEngine(() => new Date(at))
  return { leads: leadStore(engine), counters: routing(engine).counters }
}

function reservation(limit: number, amount = 1): Reservation {
  return { owner: 'campaigns#c1', counter: 'leads-day#x', amount, limit }
}

let deliveries = 0
function aTaker(schoolId: string, { guards = [], reservations = [] }: Partial<Taker>): Taker {
  deliveries += 1
  return {
    delivery: aDelivery({ deliveryId: `dlv_${deliveries}`, leadId: 'a', schoolId, createdAt: at, dueAt: at }),
    body: '{}',
    guards,
    reservations,
  }
}

function aLead(leadId: string, { key = leadId, takers = [] }: { key?: string; takers?: Taker[] }): NewLead {
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
    takers,
    guards: [],
    people: [`hmac-${leadId}`],
    answer: { sourceId: 'landing', keyDigest: key, bodyDigest: 'd', body: '{}' },
  }
}
