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
  return matches.find(({ route }) => route.method === method) ?? { allow: listMethods(matches) }
}

/** What a path has in common with its template. No template has a parameter as its second part. */
function toShape(parts: readonly string[]): string {
  return `${parts.length} ${parts.length > 3 ? parts[2] : parts[1]}`
}

const indexedRoutes = folders.flatMap((folder) =>
  routes[folder].map((route: Route) => ({ folder, route, templateParts: route.path.split('/') })),
)
const routesByShape = Map.groupBy(indexedRoutes, ({ templateParts }) => toShape(templateParts))

/** HEAD is allowed wherever GET is (RFC 9110, section 9.3.2). */
function listMethods(matches: readonly RouteMatch[]): string[] {
  if (matches.length === 0) return []
  return [...matches.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method])), 'OPTIONS']
}

/** Returns the decoded parameters of a path; undefined if it does not match the template of equally many parts. */
function matchParts(
  templateParts: readonly string[],
  pathParts: readonly string[],
): { [name: string]: string } | undefined {
  const parameters: { [name: string]: string } = {}
  for (const [index, part] of templateParts.entries()) {
    const value = pathParts[index] ?? ''
    if (!part.startsWith('{')) {
      if (part !== value) return undefined
      continue
    }
    const decoded = decode(value)
    if (!decoded) return undefined
    parameters[part.slice(1, -1)] = decoded
  }
  return parameters
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}
