import type { Career } from '#shared/domain/catalog/career.ts'
import { wagesSource } from '#shared/domain/catalog/public-sources.ts'
import { fillFacts } from '../careers/fill-facts.ts'
import type { FilledCareer } from '../careers/plan-careers.ts'
import { toText } from '../files/create-table-reader.ts'
import { buildWageFigures, wageMetrics } from './build-wage-facts.ts'
import type { Wages, WagesByCode } from './read-wages.ts'

const name = 'the wage files'

/** Replaces employment and wages of the nation by those of the files, with notes about what is not available. */
export function fillWages(career: Career, { nation, release, topCode }: Wages): FilledCareer {
  if (!nation) return { career, notes: [] }
  const files = { ...describeTable(nation, release.year), metrics: wageMetrics, source: wagesSource }
  return fillFacts(career, files, (occupation) => {
    const row = nation.get(occupation.code)
    const { facts = [], notes = [] } = row ? buildWageFigures(row, { release, topCode, occupation }) : {}
    return { facts: facts.map((fact) => ({ ...fact, geography: 'United States' })), notes }
  })
}

function describeTable(rows: WagesByCode, year: number) {
  return { name, codes: new Set(rows.keys()), year, getTitle: (code: string) => toText(rows.get(code)?.('OCC_TITLE')) }
}
