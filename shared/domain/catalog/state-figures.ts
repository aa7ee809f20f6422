import * as z from 'zod'
import { instant, singleLine, state, uniqueBy, url } from '../vocabulary.ts'
import type { Fact } from './fact.ts'

/** What a number or text is of, in every state: one for each column of `values`. */
const measure = z.strictObject({
  metric: singleLine(80),
  label: singleLine(240),
  statistic: singleLine(60),
  unit: singleLine(40).optional(),
  note: singleLine(300).optional(),
})

/** Figures of one career in the states, the District of Columbia and the territories, of one release of one source. */
export const stateFigures = z
  .strictObject({
    period: singleLine(40),
    asOf: instant,
    expiresAt: instant,
    source: z.strictObject({ name: singleLine(160), url: url.optional() }),
    measures: z.array(measure).min(1).max(100),
    places: z
      .array(
        z.strictObject({
          state,
          name: singleLine(80),
          values: z.array(z.union([z.number(), singleLine(40)]).nullable()).max(100),
        }),
      )
      .min(1)
      .max(62)
      .refine(...uniqueBy<{ state: string }>((place) => place.state)),
  })
  .meta({ id: 'StateFigures', description: '`values` follow the order of `measures`; `null`: not available.' })
export type StateFigures = z.output<typeof stateFigures>

/** The figures of one state as facts. */
export function buildStateFacts({ measures, places, ...release }: StateFigures, stateCode: string): Fact[] {
  const place = places.find((one) => one.state === stateCode)
  return measures.flatMap(({ unit, note, ...kind }, index): Fact[] => {
    const value = place?.values[index] ?? undefined
    if (place === undefined || value === undefined) return []
    return [
      {
        ...kind,
        value,
        ...(unit !== undefined && typeof value === 'number' && { unit }),
        ...release,
        geography: place.name,
        ...(note !== undefined && { note }),
      },
    ]
  })
}

/** Median pay and jobs in every state, the best paid first; those without a figure come last, by name. */
export function compareStates({ measures, places, period, source, expiresAt }: StateFigures) {
  const payIndex = measures.findIndex(({ metric }) => metric === 'median-annual-wage')
  const jobsIndex = measures.findIndex(({ metric }) => metric === 'employment')
  const states = places.map(({ state: code, name, values }) => {
    const jobs = values[jobsIndex]
    return {
      state: code,
      name,
      medianAnnualWage: values[payIndex] ?? null,
      employment: typeof jobs === 'number' ? jobs : null,
    }
  })
  return {
    period,
    source,
    expiresAt,
    states: states.toSorted(
      (a, b) => toRank(b.medianAnnualWage) - toRank(a.medianAnnualWage) || (a.name < b.name ? -1 : 1),
    ),
  }
}

/** Text such as `$239,200 or more` is above every number. */
function toRank(value: number | string | null): number {
  return typeof value === 'number' ? value : value === null ? -1 : Number.MAX_SAFE_INTEGER
}

/** The facts of a state beside those of the nation: none that is of an earlier release of the same source. */
export function withoutOlderFacts(stateFacts: readonly Fact[], national: readonly Fact[]): Fact[] {
  return stateFacts.filter(
    (fact) =>
      !national.some(
        (other) =>
          other.metric === fact.metric &&
          other.source.name === fact.source.name &&
          Date.parse(other.asOf) > Date.parse(fact.asOf),
      ),
  )
}
