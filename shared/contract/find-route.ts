import type { Route } from './route.ts'
import { type Folder, folders, routes } from './routes.ts'

export type RouteMatch = { folder: Folder; route: Route; pathParameters: { [name: string]: string } }

/** The route for a request as API Gateway would find it, or the methods that the path has instead. */
export function findRoute(method: string, path: string): RouteMatch | { allow: string[] } {
  const matches = folders.flatMap((folder) =>
    routes[folder].flatMap((route: Route): RouteMatch[] => {
      const pathParameters = matchPath(route.path, path)
      return pathParameters ? [{ folder, route, pathParameters }] : []
    }),
  )
  return matches.find(({ route }) => route.method === method) ?? { allow: matches.map(({ route }) => route.method) }
}

/** The decoded parameters of a path, where it has the form of the template. */
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
