import * as fc from 'fast-check'
import type { LeadProfile } from '#shared/domain/capture/lead-profile.ts'
import type { Rule } from '#shared/domain/routing/rules.ts'
import { educationLevels, modality, startWindows } from '#shared/domain/vocabulary.ts'
import { aLeadProfile } from './lead.ts'
import './seeded.ts'

export const places = [
  { state: 'TX', zip: '78701' },
  { state: 'OH', zip: '43004' },
  { state: 'NY', zip: '10001' },
] as const
export const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

/** Instants with milliseconds, from 2024 to the end of 2030. */
export const instants = fc
  .integer({ min: Date.UTC(2024, 0), max: Date.UTC(2031, 0) - 1 })
  .map((time) => new Date(time).toISOString())

export const leadProfiles: fc.Arbitrary<LeadProfile> = fc
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
  .map(({ place, highestLevel, ...fields }) => aLeadProfile({ ...place, education: { highestLevel }, ...fields }))

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
