import type { Route } from './route.ts'
import { type Folder, folders, routes } from './routes.ts'

export type RouteMatch = { folder: Folder; route: Route; pathParameters: { [name: string]: string } }

/** Returns the route of a request, or the methods that its path allows, which are none for an unknown path. */
export function findRoute(method: string, path: string): RouteMatch | { allow: string[] } {
  const matches = folders.flatMap((folder) =>
    routes[folder].flatMap((route: Route): RouteMatch[] => {
      const pathParameters = matchPath(route.path, path)
      return pathParameters ? [{ folder, route, pathParameters }] : []
    }),
  )
  return matches.find(({ route }) => route.method === method) ?? { allow: listMethods(matches) }
}

/** HEAD is allowed wherever GET is (RFC 9110, section 9.3.2). */
function listMethods(matches: readonly RouteMatch[]): string[] {
  if (matches.length === 0) return []
  return [...matches.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method])), 'OPTIONS']
}

/** Returns the decoded parameters of a path; undefined if it does not match the template. */
export function matchPath(template: string, path: string): { [name: string]: string } | undefined {
  const templateParts = template.split('/')
  const pathParts = path.split('/')
  if (templateParts.length !== pathParts.length) return undefined
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
