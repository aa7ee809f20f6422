import * as fc from 'fast-check'
import type * as z from 'zod'
import type { Candidate } from '#shared/domain/routing/candidate.ts'
import type { cap } from '#shared/domain/routing/cap.ts'
import type { DecisionInputs } from '#shared/domain/routing/decide.ts'
import { modality } from '#shared/domain/vocabulary.ts'
import { instants, leadProfiles, optional, places, rules } from './arbitraries.ts'
import { aCandidate } from './catalog.ts'
import { fillCounters, inputs } from './routing.ts'

const zones = ['America/New_York', 'America/Phoenix', 'America/Los_Angeles', 'Pacific/Honolulu', 'America/St_Johns']
const schoolIds = ['alder', 'birch', 'cedar', 'dogwood', 'elm']
const campaignIds = Array.from({ length: 8 }, (_, at) => `campaign-${at}`)
const weighted = <T>(...choices: [weight: number, arbitrary: fc.Arbitrary<T>][]) =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })))

type Caps = z.input<typeof cap>[]
const noCaps: fc.Arbitrary<Caps> = fc.constant([])
const caps: fc.Arbitrary<Caps> = fc.uniqueArray(
  fc
    .record({
      period: fc.constantFrom('hour', 'day', 'week', 'month', 'total'),
      unit: fc.constantFrom('leads', 'leads', 'cents'),
      limit: fc.integer({ min: 0, max: 12 }),
      onReached: weighted<'skip' | 'park' | { fallback: string }>(
        [2, fc.constant('skip')],
        [1, fc.constant('park')],
        [1, fc.constantFrom(...campaignIds).map((fallback) => ({ fallback }))],
      ),
      rules: fc.option(rules, { nil: undefined, freq: 4 }),
    })
    .map(({ limit, ...cap }) => ({ ...cap, limit: cap.unit === 'cents' ? limit * 1000 : limit })),
  { selector: ({ period, unit }) => `${unit}-${period}`, maxLength: 2 },
)

const hours = fc
  .record({
    open: fc.constant([{ days: ['monday', 'wednesday', 'friday'] as const, from: '09:00', to: '17:00' }]),
    outside: fc.constantFrom('deliver', 'park', 'skip'),
  })
  .map(({ open, outside }) => ({ outside, open: open.map(({ days, ...rest }) => ({ ...rest, days: [...days] })) }))

export const campaigns = fc.record({
  status: weighted([9, fc.constant('active' as const)], [1, fc.constant('paused' as const)]),
  rules: fc.option(rules, { nil: undefined, freq: 3 }),
  hours: fc.option(hours, { nil: undefined, freq: 5 }),
  caps: weighted([1, noCaps], [1, caps]),
  priority: fc.integer({ min: 1, max: 4 }),
  weight: fc.integer({ min: 1, max: 9 }),
  priceCents: fc.constantFrom(1000, 2500, 4000),
  sharing: fc.constantFrom('shared', 'shared', 'shared', 'exclusive', 'hybrid'),
  exclusiveMultiplier: fc.constantFrom(1, 1.5, 4),
  shareWith: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 3 }),
  fallback: weighted([5, fc.constant(false)], [1, fc.constant(true)]),
})

/** Candidates with campaigns of their own, of five schools, so that some campaigns share a school and its caps. */
export const candidates: fc.Arbitrary<Candidate[]> = fc
  .record({
    schoolCaps: fc.array(weighted([2, noCaps], [1, caps]), { minLength: 5, maxLength: 5 }),
    all: fc.array(
      fc.record({
        campaign: campaigns,
        schoolAt: fc.nat({ max: schoolIds.length - 1 }),
        program: fc.record({
          rank: fc.integer({ min: 1, max: 3 }),
          modality: fc.constantFrom(...modality.options),
          states: optional(
            fc.subarray(
              places.map(({ state }) => state),
              { minLength: 1 },
            ),
          ),
        }),
      }),
      { maxLength: campaignIds.length },
    ),
  })
  .map(({ schoolCaps, all }) =>
    all.map(({ campaign, schoolAt, program }, at) =>
      aCandidate({
        campaign: { ...campaign, id: campaignIds[at] ?? '' },
        school: { id: schoolIds[schoolAt] ?? '', timeZone: zones[schoolAt] ?? 'UTC', caps: schoolCaps[schoolAt] },
        programs: [program],
      }),
    ),
  )

/** Inputs of `decide` that come close to every promise: caps nearly full, some schools not named, ties, offers again. */
export const arbitraryInputs: fc.Arbitrary<DecisionInputs> = fc
  .record({
    profile: leadProfiles,
    candidates,
    stage: fc.constantFrom('lead', 'lead', 'lead', 'match'),
    sourceRules: fc.option(rules, { nil: undefined, freq: 8 }),
    left: fc.constantFrom(0, 0, 1, 5, 5000),
    named: optional(fc.subarray(schoolIds, { minLength: 3 })),
    duplicateSchoolIds: fc.subarray(schoolIds, { maxLength: 1 }),
    rejectedBy: fc.subarray(schoolIds, { maxLength: 1 }),
    duplicateOfSource: weighted([19, fc.constant(false)], [1, fc.constant(true)]),
    maxSales: fc.integer({ min: 1, max: 4 }),
    soldTo: fc.constantFrom(0, 0, 0, 1, 2),
    method: fc.constantFrom('priority', 'weight', 'round-robin', 'price'),
    turns: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 8, maxLength: 8 }),
    seed: fc.string({ minLength: 1 }),
  })
  .map(({ named: namedIds, left: capacityLeft, turns, ...fields }) => {
    const full = fillCounters(fields.candidates, fields.profile, (limit) => Math.max(0, limit - capacityLeft))
    const counters = { ...full }
    for (const [at, id] of campaignIds.entries())
      counters[`campaigns#${id}`] = { ...full[`campaigns#${id}`], tally: turns[at] ?? 0 }
    return inputs({ ...fields, counters, ...(namedIds && { namedSchoolIds: namedIds }) })
  })

/** Leads that arrive one after the other within a few days, enough to fill small caps. */
export const leadStreams = fc
  .record({
    candidates,
    first: instants,
    profiles: fc.array(leadProfiles, { minLength: 5, maxLength: 30 }),
    minutes: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 30, maxLength: 30 }),
    method: fc.constantFrom('priority', 'weight', 'round-robin', 'price'),
    maxSales: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ first, profiles: all, minutes, ...fields }) => {
    let at = Date.parse(first)
    return all.map((profile, index) => {
      at += (minutes[index] ?? 0) * 60_000
      return inputs({ ...fields, profile: { ...profile, at: new Date(at).toISOString() }, seed: `lead_${index}` })
    })
  })
