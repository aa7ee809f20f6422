import * as fc from 'fast-check'
import type { Candidate } from '#shared/domain/candidate.ts'
import type { Question } from '#shared/domain/decide.ts'
import type { Enquiry } from '#shared/domain/enquiry.ts'
import type { Rule } from '#shared/domain/rules.ts'
import { educationLevels, modality, startWindows } from '#shared/domain/vocabulary.ts'
import { aCandidate } from './catalog.ts'
import { anEnquiry } from './lead.ts'
import { aQuestion, countersOf } from './routing.ts'

const zones = ['America/New_York', 'America/Phoenix', 'America/Los_Angeles', 'Pacific/Honolulu', 'America/St_Johns']
const places = [
  { state: 'TX', zip: '78701' },
  { state: 'OH', zip: '43004' },
  { state: 'NY', zip: '10001' },
] as const
const schoolIds = ['alder', 'birch', 'cedar', 'dogwood', 'elm']
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

/** Instants with milliseconds, from 2024 to the end of 2030. */
export const instants = fc
  .integer({ min: Date.UTC(2024, 0), max: Date.UTC(2031, 0) - 1 })
  .map((time) => new Date(time).toISOString())

export const enquiries: fc.Arbitrary<Enquiry> = fc
  .record({
    place: fc.constantFrom(...places),
    at: instants,
    highestLevel: fc.constantFrom(...educationLevels),
    startWindow: optional(fc.constantFrom(...startWindows)),
    modality: fc.option(fc.constantFrom(...modality.options), { nil: undefined, freq: 2 }),
    age: optional(fc.integer({ min: 13, max: 120 })),
    military: optional(fc.boolean()),
    gpa: optional(fc.integer({ min: 0, max: 50 }).map((tenths) => tenths / 10)),
  })
  .map(({ place, highestLevel, ...told }) => anEnquiry({ ...place, education: { highestLevel }, ...told }))

const ruleTests: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    field: fc.constant('age'),
    op: fc.constantFrom('at-least', 'at-most', 'equals'),
    value: fc.integer({ min: 13, max: 99 }),
  }),
  fc.record({
    field: fc.constant('gpa'),
    op: fc.constantFrom('at-least', 'at-most'),
    value: fc.constantFrom(2, 3, 3.5),
  }),
  fc.record({
    field: fc.constant('education.highestLevel'),
    op: fc.constantFrom('at-least', 'at-most', 'equals'),
    value: fc.constantFrom(...educationLevels),
  }),
  fc.record({ field: fc.constant('contact.zip'), op: fc.constant('prefix'), value: fc.constantFrom('7', '43', '100') }),
  fc.record({
    field: fc.constant('state'),
    op: fc.constant('in'),
    value: fc.uniqueArray(fc.constantFrom('TX', 'OH', 'NY', 'CA'), { minLength: 1 }),
  }),
  fc.record({ field: fc.constant('military'), op: fc.constant('equals'), value: fc.boolean() }),
)

/** Rules that parse, up to three levels deep. */
export const rules: fc.Arbitrary<Rule> = fc.letrec<{ node: Rule }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    ruleTests,
    fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('node') }),
  ),
})).node

const caps = fc.uniqueArray(
  fc.record({
    period: fc.constantFrom('hour', 'day', 'week', 'month', 'total'),
    limit: fc.integer({ min: 0, max: 20 }),
    unit: fc.constant('leads'),
  }),
  { selector: ({ period }) => period, maxLength: 2 },
)

export const campaigns = fc.record({
  status: fc.oneof({ weight: 9, arbitrary: fc.constant('active') }, { weight: 1, arbitrary: fc.constant('paused') }),
  rules: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: rules }),
  caps,
  priority: fc.integer({ min: 1, max: 4 }),
  weight: fc.integer({ min: 1, max: 9 }),
  priceCents: fc.constantFrom(1000, 2500, 4000),
  sharing: fc.constantFrom('shared', 'shared', 'exclusive'),
})

/** Candidates with campaigns of their own, of five schools, so that some campaigns share a school. */
export const candidates: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      campaign: campaigns,
      schoolId: fc.constantFrom(...schoolIds),
      program: fc.record({
        rank: fc.integer({ min: 1, max: 3 }),
        modality: fc.constantFrom(...modality.options),
        states: fc.option(
          fc.subarray(
            places.map(({ state }) => state),
            { minLength: 1 },
          ),
          { nil: undefined, freq: 2 },
        ),
      }),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(({ campaign, schoolId, program }, at) =>
      aCandidate({
        campaign: { ...campaign, id: `campaign-${at}` },
        school: { id: schoolId, timeZone: zones[schoolIds.indexOf(schoolId)] ?? 'UTC' },
        programs: [program],
      }),
    ),
  )

/** Questions to `decide` that come close to every promise: caps nearly full, some schools not named, ties. */
export const questions: fc.Arbitrary<Question> = fc
  .record({
    enquiry: enquiries,
    candidates,
    left: fc.constantFrom(0, 0, 1, 5),
    named: fc.option(fc.subarray(schoolIds, { minLength: 3 }), { nil: undefined }),
    duplicateSchoolIds: fc.subarray(schoolIds, { maxLength: 1 }),
    maxSales: fc.integer({ min: 1, max: 4 }),
    method: fc.constantFrom('priority', 'weight', 'price'),
    seed: fc.string({ minLength: 1 }),
  })
  .map(({ named, left, ...given }) =>
    aQuestion({
      ...given,
      counters: countersOf(given.candidates, given.enquiry.at, (limit) => Math.max(0, limit - left)),
      ...(named && { namedSchoolIds: named }),
    }),
  )
