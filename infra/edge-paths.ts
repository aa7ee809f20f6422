import { viewerHeader } from '#shared/contract/edge.ts'
import type { Route } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'
import { webFiles } from '#web/web-paths.ts'

/** What the edge keeps for a while: by path, and by the query parameters that the route lists. */
export type CachedPath = { pattern: string; seconds: number; query: string[] }

// A key belongs to what an answer is kept by, and what a caller has already the edge compares itself.
const edgeHandledHeaders = ['authorization', 'if-none-match']
const allRoutes = folders.flatMap((folder): Route[] => [...routes[folder]])

/** The most telling pattern first, since the edge takes the first that fits and its `*` stands for slashes too. */
export const cachedPaths: readonly CachedPath[] = allRoutes
  .flatMap(({ caller, method, path, cacheSeconds: seconds, query }): CachedPath[] =>
    caller === 'anyone' && method === 'GET' && seconds !== undefined
      ? [{ pattern: path.replace(/\{\w+\}/g, '*'), seconds, query: Object.keys(query?.shape ?? {}).toSorted() }]
      : [],
  )
  .toSorted((one, other) => computeSpecificity(other.pattern) - computeSpecificity(one.pattern))

/** What the API reads of a request's headers, and what it needs to answer preflights. CloudFront lets ten through. */
export const forwardedHeaders: readonly string[] = [
  ...new Set([
    viewerHeader,
    'content-type',
    'access-control-request-method',
    'access-control-request-headers',
    ...allRoutes.flatMap(({ headers }) => Object.keys(headers?.shape ?? {})),
  ]),
].filter((name) => !edgeHandledHeaders.includes(name))

/** What the edge serves from its bucket, and which of that makes the pages, which have a policy of their own. */
export const webPaths = { everyone: listWebPatterns('everyone'), page: listWebPatterns('page') }

function listWebPatterns(audience: 'everyone' | 'page'): string[] {
  const paths = Object.entries(webFiles).filter(([, file]) => file.for === audience)
  return [...new Set(paths.map(([path]) => path.replace(/^\/web\/.*/, '/web/*')))]
}

function computeSpecificity(pattern: string): number {
  return pattern.split('/').length * 100 - pattern.split('*').length
}
