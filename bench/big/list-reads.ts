import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'

export type ReadCall = { name: string; path: string; caller: Route['caller'] }
/** What the placeholders of paths stand for, such as `{leadId}` or `{id}` of `/v1/ops/schools`. */
export type PathValues = { [placeholder: string]: string }

/** Pages of the console and of the portal that ask for more than the first page of a list with its defaults. */
const furtherReads: ReadCall[] = [
  ...['pending', 'leased', 'parked', 'dead', 'rejected'].map((state) => ({
    name: `listDeliveries, ${state}`,
    path: `/v1/ops/deliveries?state=${state}`,
    caller: 'operator' as const,
  })),
  { name: 'listReturns, accepted', path: '/v1/ops/returns?state=accepted', caller: 'operator' },
  { name: 'listSchoolLeads, newest', path: '/v1/school/leads?order=newest&limit=100', caller: 'school' },
  { name: 'listSchoolLeads, none', path: '/v1/school/leads?disposition=none&order=newest', caller: 'school' },
  { name: 'listCareers, search', path: '/v1/careers?query=health', caller: 'anyone' },
  { name: 'listLedgerEntries of a source', path: '/v1/ops/accounts/sources/{sources}/entries', caller: 'operator' },
  { name: 'readOverview, a day', path: '/v1/ops/overview?day={day}', caller: 'operator' },
]
const requiredQuery: { [name: string]: string } = {
  listDeliveries: '?state=delivered',
  readReconciliation: '?day={day}',
  readDailyReport: '?from={firstDay}&to={day}',
  readSchoolsReport: '?from={firstDay}&to={day}',
  readSourcesReport: '?from={firstDay}&to={day}',
  exportReport: '?from={firstDay}&to={day}',
  readSchoolResults: '?since={firstDay}',
  readPublisherResults: '?since={firstDay}',
  exportPublisherConversions: '?platform=google&since={firstDay}',
  exportConversions: '?platform=google&since={firstDay}',
  compareCareers: '?slugs={slug}',
  checkFormSettings: '?careerSlug={slug}',
}

/** What the folder has none of. */
const unmeasured = ['readDocsSection', 'readPerson', 'readReplay', 'showWithdrawalPage']
/** IDs of rows, which a small folder may have none of. */
const optionalValues = ['leadId', 'deliveryId', 'erasureId', 'withdrawalId']

/**
 * Every GET of the API with a key, filled with `values`; those with a placeholder that has no value are left out.
 * @throws Error for a new one whose placeholder is not known here, so that no list is left out in silence
 */
export function listReads(values: PathValues): ReadCall[] {
  const reads = Object.values(routes)
    .flat()
    .filter(({ method }) => method === 'GET')
    .map(({ name, path, caller }) => ({ name, path: `${nameIds(path)}${requiredQuery[name] ?? ''}`, caller }))
  return [...reads, ...furtherReads].flatMap((read) => {
    const path = read.path.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder)
    const missing = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    if (missing.some((name) => !optionalValues.includes(name)) && !unmeasured.includes(read.name))
      throw new Error(`${read.name} would not be measured: give ${missing.join(' and ')} a value.`)
    return missing.length > 0 ? [] : [{ ...read, path }]
  })
}

/** Records share the placeholder `{id}`: `/v1/ops/schools/{id}` becomes `/v1/ops/schools/{schools}`. */
function nameIds(path: string): string {
  return path.replace(/(\w+)\/\{id\}$/, '$1/{$1}')
}
