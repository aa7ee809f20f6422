import type { Route } from './route.ts'
import { type Folder, folders, routes } from './routes.ts'

export type Found = { folder: Folder; route: Route; pathParameters: { [name: string]: string } }

/** The route for a request as API Gateway would find it, or the methods that the path has instead. */
export function findRoute(method: string, path: string): Found | { allow: string[] } {
  const fitting = folders.flatMap((folder) =>
    routes[folder].flatMap((route: Route): Found[] => {
      const pathParameters = matchPath(route.path, path)
      return pathParameters ? [{ folder, route, pathParameters }] : []
    }),
  )
  return fitting.find(({ route }) => route.method === method) ?? { allow: fitting.map(({ route }) => route.method) }
}

/** The decoded parameters of a path, where it has the form of the template. */
export function matchPath(template: string, path: string): { [name: string]: string } | undefined {
  const wanted = template.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const parameters: { [name: string]: string } = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
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
