import type { Career } from '#shared/domain/catalog/career.ts'
import type { Fact } from '#shared/domain/catalog/fact.ts'
import { wagesSource } from '#shared/domain/catalog/public-sources.ts'
import type { StateFigures } from '#shared/domain/catalog/state-figures.ts'
import { findOccupations } from '../careers/fill-facts.ts'
import { toText } from '../files/create-table-reader.ts'
import { buildWageFigures } from './build-wage-facts.ts'
import type { Wages } from './read-wages.ts'

type PlaceFacts = { state: StateFigures['places'][number]['state']; name: string; facts: Omit<Fact, 'geography'>[] }

/** The figures of a career in every state of the files; undefined if none has any. */
export function buildStateFigures(career: Career, { byState, release, topCode }: Wages): StateFigures | undefined {
  const titles = new Map(
    [...byState.values()].flatMap((rows) => [...rows].map(([code, row]) => [code, toText(row('OCC_TITLE'))])),
  )
  const files = {
    name: 'the files of states',
    codes: new Set(titles.keys()),
    year: release.year,
    getTitle: (code: string) => titles.get(code) ?? '',
  }
  const { occupations } = findOccupations(career, files)
  const places = [...byState].flatMap(([state, rows]): PlaceFacts[] => {
    const found = occupations.flatMap((occupation) => {
      const row = rows.get(occupation.code)
      return row ? [{ row, facts: buildWageFigures(row, { release, topCode, occupation }).facts }] : []
    })
    const [first] = found
    const facts = found.flatMap((one) => one.facts)
    return first && facts.length > 0 ? [{ state, name: toText(first.row('AREA_TITLE')), facts }] : []
  })
  if (places.length === 0) return undefined
  const facts = new Map(places.flatMap((place) => place.facts.map((fact) => [fact.metric, fact])))
  const measures = [...facts.values()]
  const { year: _, ...validity } = release
  return {
    ...validity,
    source: wagesSource,
    measures: measures.map(({ metric, label, statistic, note }) => ({
      metric,
      label,
      statistic,
      unit: metric.startsWith('employment') ? 'jobs' : 'USD',
      ...(note !== undefined && { note }),
    })),
    places: places.map(({ state, name, facts: placeFacts }) => ({
      state,
      name,
      values: measures.map(({ metric }) => placeFacts.find((fact) => fact.metric === metric)?.value ?? null),
    })),
  }
}
