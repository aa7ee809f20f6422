import { describe, expect, it } from 'vitest'
import { findRoute } from '#shared/contract/find-route.ts'
import type { Route } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'

const allRoutes = folders.flatMap((folder) => routes[folder].map((route: Route) => ({ folder, route })))

describe('findRoute', () => {
  it.each(allRoutes)('finds $route.method $route.path, with its parameters decoded', ({ folder, route }) => {
    const path = route.path.replaceAll(/\{\w+\}/g, 'a%20b')
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(findRoute(route.method, path)).toEqual({
      folder,
      route,
      pathParameters: Object.fromEntries(names.map((name) => [name, 'a b'])),
    })
  })

  it('lists the methods of a path that does not support the requested one', () => {
    expect(findRoute('DELETE', '/v1/careers')).toEqual({ allow: ['GET', 'HEAD', 'OPTIONS'] })
  })

  it.each(['/v1/careers/', '/v1', '/v1/none/x', '', '*', '/v1/careers/a/b/c', '/v1/careers/%E0%A4%A/schools'])(
    'finds nothing at %j',
    (path) => {
      expect(findRoute('GET', path)).toEqual({ allow: [] })
    },
  )
})
