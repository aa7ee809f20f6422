import { describe, expect, it } from 'vitest'
import { createProfileReader, toLeadProfile } from '#shared/domain/capture/lead-profile.ts'
import { delivery, initialDeliveryState } from '#shared/domain/delivery/delivery.ts'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import { type DecisionInputs, decide } from '#shared/domain/routing/decide.ts'
import { planDeliveries } from '#shared/domain/routing/plan-deliveries.ts'
import { fieldNames } from '#shared/domain/routing/rule-fields.ts'
import { aCandidate, aSource } from '#test/builders/catalog.ts'
import { aConsent, aLead, aLeadProfile, someInstant } from '#test/builders/lead.ts'
import { inputs } from '#test/builders/routing.ts'

const blog = aSource({ id: 'blog', name: 'A blog' })
const alder = aCandidate({
  campaign: { id: 'alder-online', priceCents: 4000, caps: [{ period: 'day', limit: 9 }] },
  school: { id: 'alder', name: 'Alder College', caps: [{ period: 'month', limit: 90_000, unit: 'cents' }] },
  programs: [{ id: 'coding', name: 'Medical Coding', level: 'certificate', modality: 'hybrid' }],
})
const birch = aCandidate({ campaign: { id: 'birch', priority: 900 }, school: { id: 'birch' } })
const paused = aCandidate({ campaign: { id: 'paused', status: 'paused' } })

describe('a lead that two schools buy', () => {
  const plannedDeliveries = planTestDeliveries({})

  it('gets one delivery for each buyer, in the order of the decision', () => {
    expect(plannedDeliveries.map(({ delivery: { deliveryId, campaignId } }) => [deliveryId, campaignId])).toEqual([
      ['dlv_1', 'alder-online'],
      ['dlv_2', 'birch'],
    ])
  })

  it('is due immediately, at the price of the campaign', () => {
    expect(plannedDeliveries[0]?.delivery).toEqual({
      deliveryId: 'dlv_1',
      leadId: aLead().leadId,
      schoolId: 'alder',
      schoolName: 'Alder College',
      campaignId: 'alder-online',
      programId: 'coding',
      state: 'pending',
      createdAt: someInstant,
      dueAt: someInstant,
      ...initialDeliveryState,
      priceCents: 4000,
      test: false,
      binding: {
        legalName: 'Alder College',
        programName: 'Medical Coding',
        consentSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    })
    for (const one of plannedDeliveries) expect(delivery.parse(one.delivery)).toEqual(one.delivery)
  })

  it('reserves the caps of campaign and school that the decision checked', () => {
    expect(plannedDeliveries.map(({ reservations }) => reservations)).toEqual([
      [
        { owner: 'campaigns#alder-online', counter: 'leads-day#2026-11-23T06:00:00.000Z', amount: 1, limit: 9 },
        { owner: 'schools#alder', counter: 'cents-month#2026-11-01T05:00:00.000Z', amount: 4000, limit: 90_000 },
      ],
      [],
    ])
  })

  it('marks the person in each school for the window of the school', () => {
    expect(plannedDeliveries.map(({ dedupeMarkers }) => dedupeMarkers)).toEqual(
      ['alder', 'birch'].map((scope) => [
        { scope, digest: 'e', days: 30 },
        { scope, digest: 'p', days: 30 },
      ]),
    )
  })

  it('sends each school a valid event that names no other school', () => {
    for (const { event } of plannedDeliveries) expect(leadCreated.parse(event)).toEqual(event)
    expect(plannedDeliveries[0]?.event.data).toMatchObject({
      deliveryId: 'dlv_1',
      school: { id: 'alder', name: 'Alder College' },
      program: { id: 'coding', name: 'Medical Coding', level: 'certificate', modality: 'hybrid' },
      contact: aLead().contact,
      answers: {},
      source: { id: 'blog', name: 'A blog' },
    })
    expect(JSON.stringify(plannedDeliveries[0]?.event)).not.toContain('birch')
  })
})

describe('the event', () => {
  it('contains the consent text, version, hash and certificate', () => {
    const consent = aConsent({ schoolIds: ['alder'], certificateUrl: 'https://cert.example/1' })
    expect(planTestDeliveries({ consent })[0]?.event.data.consent).toEqual({
      grantedAt: someInstant,
      version: consent.disclosure.version,
      sha256: consent.disclosure.sha256,
      text: consent.disclosure.text,
      certificateUrl: 'https://cert.example/1',
    })
  })

  it('contains the answers of the visitor, and omits missing ones', () => {
    const lead = aLead({ answers: { licence: true, shifts: ['day', 'night'] }, startWindow: 'immediately' })
    expect(planTestDeliveries({ lead })[0]?.event.data).toMatchObject({
      answers: lead.answers,
      startWindow: 'immediately',
    })
    expect(planTestDeliveries({})[0]?.event.data).not.toHaveProperty('startWindow')
    expect(planTestDeliveries({})[0]?.event.data.consent).not.toHaveProperty('certificateUrl')
  })

  it('does not contain the IP address and browser of the visitor', () => {
    const consent = aConsent({ ip: '192.0.2.7', userAgent: 'Lynx/2.9' })
    expect(JSON.stringify(planTestDeliveries({ consent }).map(({ event }) => event))).not.toMatch(/192\.0\.2\.7|Lynx/)
  })

  it('contains IP address and browser for a campaign that says so, and for no other', () => {
    const consent = aConsent({ ip: '192.0.2.7', userAgent: 'Lynx/2.9' })
    const informed = aCandidate({ campaign: { id: 'informed', sendIpAndUserAgent: true }, school: { id: 'informed' } })
    const events = planTestDeliveries({ consent, candidates: [informed, birch] }).map(({ event }) => event)
    expect(events.map(({ data }) => [data.campaignId, data.consent.ip, data.consent.userAgent])).toEqual([
      ['informed', '192.0.2.7', 'Lynx/2.9'],
      ['birch', undefined, undefined],
    ])
  })

  it('says that a publisher stated the consent', () => {
    const consent = aConsent({ claimedBy: 'publisher' })
    expect(planTestDeliveries({ consent })[0]?.event.data.consent.claimedBy).toBe('publisher')
  })

  it('contains every value that a rule can test, and the page', () => {
    const lead = aLead({
      sourceId: blog.id,
      startWindow: 'immediately',
      modality: 'campus',
      age: 27,
      military: true,
      gpa: 0,
      answers: { member: 'answer' },
      subIds: { member: 'banner' },
      utm: { member: 'news' },
      page: { url: 'https://page.example/form', referrer: 'https://search.example/' },
    })
    const event = leadCreated.parse(planTestDeliveries({ lead })[0]?.event)
    const readField = createProfileReader(toLeadProfile(lead, someInstant))
    const readValues = fieldNames.map((name) => readField(name.endsWith('.') ? `${name}member` : name))
    expect(readValues).not.toContain(undefined)
    expect(listValues(event)).toEqual(expect.arrayContaining([...readValues, ...Object.values(lead.page)]))
  })

  it('contains the campaign and the price of the lead, which is 0 for a test', () => {
    expect(planTestDeliveries({})[0]?.event.data).toMatchObject({ campaignId: 'alder-online', priceCents: 4000 })
    expect(planTestDeliveries({ lead: aLead({ test: true }) })[0]?.event.data.priceCents).toBe(0)
  })
})

it('a delivery to a closed campaign is parked until it opens', () => {
  const hours = { open: [{ days: ['tuesday' as const], from: '09:00', to: '17:00' }] }
  const candidates = [aCandidate({ campaign: { id: 'closed', hours } })]
  expect(planTestDeliveries({ candidates })[0]?.delivery).toMatchObject({
    state: 'parked',
    dueAt: '2026-11-24T15:00:00.000Z',
  })
})

it('an unsold lead gets no delivery', () => {
  expect(planTestDeliveries({ candidates: [paused] })).toEqual([])
})

describe('a test lead', () => {
  const lead = aLead({ test: true })

  it.each(['priority', 'round-robin', 'weight'] as const)(
    'is routed by %s like other leads, but is marked, free and counted only as a test',
    (method) => {
      const [first, second, ...rest] = planTestDeliveries({ lead, source: aSource({ method }) })
      expect([first, second].map((one) => one?.delivery.schoolId).toSorted()).toEqual(['alder', 'birch'])
      expect(rest).toEqual([])
      for (const one of [first, second])
        expect(one).toMatchObject({
          delivery: { test: true, priceCents: 0 },
          event: { data: { test: true } },
          reservations: [{ counter: expect.stringMatching(/^test-leads#/), amount: 1 }],
          dedupeMarkers: [],
        })
    },
  )
})

describe('an exclusive sale to a hybrid campaign', () => {
  const hybrid = aCandidate({
    campaign: {
      id: 'hybrid',
      sharing: 'hybrid',
      exclusiveMultiplier: 2.5,
      caps: [{ period: 'total', limit: 10_000, unit: 'cents' }],
    },
  })

  it('is billed and counted at the exclusive price', () => {
    expect(planTestDeliveries({ candidates: [hybrid, birch] })).toMatchObject([
      { delivery: { campaignId: 'hybrid', priceCents: 10_000 }, reservations: [{ amount: 10_000, limit: 10_000 }] },
    ])
  })
})

describe('turns', () => {
  const counters = { 'campaigns#birch': { tally: 7 } }
  const listReservations = (method: 'priority' | 'price' | 'weight' | 'round-robin') =>
    planTestDeliveries({ candidates: [birch], source: aSource({ method }), counters }).flatMap(
      ({ reservations }) => reservations,
    )

  it('are reserved by round robin only while the tally is unchanged', () => {
    expect(listReservations('round-robin')).toEqual([
      { owner: 'campaigns#birch', counter: 'tally', amount: 1, limit: 8 },
    ])
  })

  it('are reserved by weight without a limit, and by no other method', () => {
    expect(listReservations('weight')).toMatchObject([{ owner: 'campaigns#birch', counter: 'tally', amount: 1 }])
    expect(listReservations('weight')[0]?.limit).toBeGreaterThan(1e12)
    expect([listReservations('priority'), listReservations('price')]).toEqual([[], []])
  })
})

function listValues(node: unknown): unknown[] {
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(listValues) : [node]
}

type PlanOverrides = Partial<Pick<Parameters<typeof planDeliveries>[0], 'lead' | 'consent' | 'source'>> &
  Partial<Pick<DecisionInputs, 'candidates' | 'counters'>>
/** Decides on a lead with these candidates and plans its deliveries. */
function planTestDeliveries({ lead = aLead(), consent = aConsent(), source = blog, ...overrides }: PlanOverrides) {
  const { candidates = [paused, birch, alder], counters = {} } = overrides
  let deliveryCount = 0
  const decision = decide(inputs({ candidates, counters, method: source.method }))
  const person = { email: 'e', phone: 'p', both: 'ep' }
  const newDeliveryId = () => `dlv_${++deliveryCount}`
  const profile = aLeadProfile()
  return planDeliveries({ lead, profile, consent, source, person, candidates, counters, decision, newDeliveryId })
}
