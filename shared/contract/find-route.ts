import { listAllowedMethods } from './list-allowed-methods.ts'
import { matchParts } from './match-path.ts'
import type { Route } from './route.ts'
import { type Folder, folders, routes } from './routes.ts'

export type RouteMatch = { folder: Folder; route: Route; pathParameters: { [name: string]: string } }

/** Returns the route of a request, or the methods that its path allows, which are none for an unknown path. */
export function findRoute(method: string, path: string): RouteMatch | { allow: string[] } {
  const parts = path.split('/')
  const matches = (routesByShape.get(toShape(parts)) ?? []).flatMap(({ folder, route, templateParts }) => {
    const pathParameters = matchParts(templateParts, parts)
    return pathParameters ? [{ folder, route, pathParameters }] : []
  })
  return (
    matches.find(({ route }) => route.method === method) ?? {
      allow: listAllowedMethods(matches.map(({ route }) => route.method)),
    }
  )
}

/** What a path has in common with its template. No template has a parameter as its second part. */
function toShape(parts: readonly string[]): string {
  return `${parts.length} ${parts.length > 3 ? parts[2] : parts[1]}`
}

const indexedRoutes = folders.flatMap((folder) =>
  routes[folder].map((route: Route) => ({ folder, route, templateParts: route.path.split('/') })),
)
const routesByShape = Map.groupBy(indexedRoutes, ({ templateParts }) => toShape(templateParts))
