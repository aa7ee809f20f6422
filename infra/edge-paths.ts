import { viewerHeader } from '#shared/contract/edge.ts'
import type { Route } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'
import { webFiles } from '#web/web-paths.ts'

/** A path that the edge caches, with the query parameters that are part of the cache key. */
export type CachedPath = { pattern: string; seconds: number; query: string[] }

// CloudFront handles these itself: `Authorization` through the cache policy, `If-None-Match` by comparing ETags.
// A signature is forwarded by the policy for what is not cached.
const edgeHandledHeaders = ['authorization', 'if-none-match', 'x-hub-signature-256']
const allRoutes = folders.flatMap((folder): Route[] => [...routes[folder]])

/** The most specific pattern first, because CloudFront takes the first that matches and its `*` matches slashes too. */
export const cachedPaths: readonly CachedPath[] = allRoutes
  .flatMap(({ caller, method, path, cacheSeconds: seconds, query }): CachedPath[] =>
    caller === 'anyone' && method === 'GET' && seconds !== undefined
      ? [{ pattern: path.replace(/\{\w+\}/g, '*'), seconds, query: Object.keys(query?.shape ?? {}).toSorted() }]
      : [],
  )
  .toSorted((one, other) => computeSpecificity(other.pattern) - computeSpecificity(one.pattern))

/** The request headers that the API reads, and those of preflights. CloudFront forwards at most ten. */
export const forwardedHeaders: readonly string[] = [
  ...new Set([
    viewerHeader,
    'content-type',
    'access-control-request-method',
    'access-control-request-headers',
    ...allRoutes.flatMap(({ headers }) => Object.keys(headers?.shape ?? {})),
  ]),
].filter((name) => !edgeHandledHeaders.includes(name))

/** The paths that the edge serves from its bucket. Pages have their own response headers policy. */
export const webPaths = { everyone: listWebPatterns('everyone'), page: listWebPatterns('page') }

function listWebPatterns(audience: 'everyone' | 'page'): string[] {
  const paths = Object.entries(webFiles).filter(([, file]) => file.for === audience)
  return [...new Set(paths.map(([path]) => path.replace(/^\/web\/.*/, '/web/*')))]
}

function computeSpecificity(pattern: string): number {
  return pattern.split('/').length * 100 - pattern.split('*').length
}
