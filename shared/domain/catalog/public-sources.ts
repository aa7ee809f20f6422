import { type Fact, isStale } from './fact.ts'

/** Where facts come from that an importer can refresh. `match`: names of the source of all editions. */
type PublicSource = { match: RegExp; command: string; file: string }

export const wagesSource = {
  name: 'U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics',
  url: 'https://www.bls.gov/oes/tables.htm',
}
export const projectionsSource = {
  name: 'U.S. Bureau of Labor Statistics, Employment Projections',
  url: 'https://www.bls.gov/emp/data/occupational-data.htm',
}
export const onetUrl = 'https://www.onetcenter.org/database.html'
export const scorecardSource = {
  name: 'U.S. Department of Education, College Scorecard',
  url: 'https://collegescorecard.ed.gov/data/',
}

const publicSources: readonly PublicSource[] = [
  { match: /Occupational Employment and Wage/i, command: 'import wages', file: 'national_M2025_dl.xlsx' },
  { match: /Employment Projections/i, command: 'import projections', file: 'occupation.xlsx' },
  { match: /O\*NET/i, command: 'import onet', file: 'db_30_1_csv' },
  { match: /College Scorecard/i, command: 'import institutions', file: 'Most-Recent-Cohorts-Institution.csv' },
]

/** The command and an example of the file that bring newer facts of a source; undefined if staff write them. */
export function findRefreshingImport({ name }: Fact['source']): { command: string; file: string } | undefined {
  const source = publicSources.find(({ match }) => match.test(name))
  return source && { command: source.command, file: source.file }
}

/** The facts that have expired, by source: how many, and of which periods. */
export function groupStaleFacts(facts: readonly Fact[], now: Date) {
  const stale = facts.filter((fact) => isStale(fact, now))
  return [...Map.groupBy(stale, ({ source }) => source.name).values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const refresh = findRefreshingImport(first.source)
    return [
      {
        source: first.source,
        count: group.length,
        periods: [...new Set(group.map(({ period }) => period))].toSorted(),
        expiredAt: group.map(({ expiresAt }) => expiresAt).toSorted()[0] ?? first.expiresAt,
        ...(refresh && { refresh }),
      },
    ]
  })
}
