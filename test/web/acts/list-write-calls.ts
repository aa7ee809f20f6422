import { recordKinds, records } from '#shared/contract/catalog/records.ts'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { sourceFiles } from '#test/architecture/source-files.ts'

const writes = new Map<string, Route>(
  Object.values(routes)
    .flat()
    .filter(({ method }: Route) => method !== 'GET')
    .map((route) => [route.name, route]),
)

/**
 * The operations that the console or the portal calls and that are no GET, as `console/releaseLead`. Found in the source
 * code: calls of routes, and of the client of records.
 */
export function listWriteCalls(app: 'console' | 'portal'): string[] {
  const source = sourceFiles(`web/${app}`)
    .map((file) => file.source)
    .join('\n')
  const called = [...source.matchAll(/\bcall\(\s*(\w+)/g)].map(([, name = '']) => name)
  const callsRecords = source.includes('createRecordClient')
  const recordCalls = callsRecords ? ['putCampaign', 'deleteCampaign'] : []
  const names = new Set([...called, ...recordCalls].filter((name) => writes.has(name)))
  return [...names].toSorted().map((name) => `${app}/${name}`)
}

/** Whether a request is a call of the operation. Records of all kinds are saved and deleted in one way. */
export function isCallOf(operation: string, request: { method: string; url: string }): boolean {
  const name = operation.split('/')[1]?.split(' ')[0] ?? ''
  const isRecordCall = name === 'putCampaign' || name === 'deleteCampaign'
  const matching = isRecordCall
    ? recordKinds.map((kind): Route => records[kind][name === 'putCampaign' ? 'put' : 'delete'])
    : [writes.get(name)]
  const { pathname } = new URL(request.url)
  return matching.some(
    (route) =>
      route?.method === request.method && new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  )
}
