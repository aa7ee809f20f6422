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
  { name: 'readOverview, a day', path: '/v1/ops/overview?day={day}', caller: 'operator' },
]
const requiredQuery: { [name: string]: string } = {
  listDeliveries: '?state=delivered',
  readReconciliation: '?day={day}',
  readDailyReport: '?from={firstDay}&to={day}',
  readSchoolsReport: '?from={firstDay}&to={day}',
  readSourcesReport: '?from={firstDay}&to={day}',
  exportReport: '?from={firstDay}&to={day}',
}

/** Every GET of the API with a key, filled with `values`; those with a placeholder that has no value are left out. */
export function listReads(values: PathValues): ReadCall[] {
  const reads = Object.values(routes)
    .flat()
    .filter(({ method }) => method === 'GET')
    .map(({ name, path, caller }) => ({ name, path: `${nameIds(path)}${requiredQuery[name] ?? ''}`, caller }))
  return [...reads, ...furtherReads].flatMap((read) => {
    const path = read.path.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder)
    return path.includes('{') ? [] : [{ ...read, path }]
  })
}

/** Records share the placeholder `{id}`: `/v1/ops/schools/{id}` becomes `/v1/ops/schools/{schools}`. */
function nameIds(path: string): string {
  return path.replace(/(\w+)\/\{id\}$/, '$1/{$1}')
}
