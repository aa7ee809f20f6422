import type { Route } from '#shared/contract/route.ts'
import { type Folder, folders, routes } from '#shared/contract/routes.ts'

/** `ANY`: every method. */
export type ApiRoute = { path: string; methods: readonly (Route['method'] | 'HEAD' | 'ANY')[] }

/**
 * The routes of the API that lead to the Lambda of a folder. HEAD answers as GET; API Gateway does not see to it. An API may
 * have 300 routes (Amazon API Gateway quotas), so a path with more than one method is one route for all methods, and its Lambda
 * refuses the others. Folders that pages of other origins call keep a route for each method: preflights are answered by
 * API Gateway only where no route takes OPTIONS.
 */
export function listApiRoutes(folder: Folder): ApiRoute[] {
  const methodsByPath = new Map<string, ApiRoute['methods']>()
  for (const { method, path } of routes[folder]) {
    const methods: ApiRoute['methods'] = method === 'GET' ? ['GET', 'HEAD'] : [method]
    methodsByPath.set(path, [...(methodsByPath.get(path) ?? []), ...methods])
  }
  return [...methodsByPath].map(([path, methods]) => {
    const isShared = folders.some((other) => other !== folder && routes[other].some((route) => route.path === path))
    return crossOriginFolders.has(folder) || isShared || methods.length === 1
      ? { path, methods }
      : { path, methods: ['ANY'] }
  })
}

const crossOriginFolders: ReadonlySet<Folder> = new Set<Folder>(['catalog', 'capture'])
