import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { operatorApi } from '#functions/operator/operator-api.ts'
import { fillPath } from '#shared/contract/fill-path.ts'
import type { Route } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'
import { environments } from '#shared/platform/environments.ts'
import { workers } from '#shared/platform/workers.ts'
import { type SourceFile, sourceFiles } from '#test/architecture/source-files.ts'
import { createTestApi } from '#test/create-test-api.ts'
import { apiEvent, context } from './house/api-event.ts'

const functions = sourceFiles('functions')

describe('functions', () => {
  it('keep each handler in a file that is named after its route', async () => {
    const handlers = await Promise.all(functions.map(loadHandler))
    const misnamedHandlers = handlers.flatMap((loaded) =>
      loaded && posix.basename(loaded.path) !== getFileName(loaded.route) ? [loaded.path] : [],
    )
    expect(misnamedHandlers).toEqual([])
    expect(handlers.filter(Boolean).length).toBeGreaterThan(50)
  })

  it.each(folders.flatMap((folder) => routes[folder].map((route): Route => route)))(
    'answer $method $path with something other than ROUTE_NOT_FOUND',
    async (route) => {
      const api = await createTestApi()
      const { body } = await api.call(route.method, fillPath(route.path, { ...route.example?.params }))
      expect(body).not.toMatchObject({ code: 'ROUTE_NOT_FOUND' })
    },
  )

  it('refuse a method that a path does not have where API Gateway sends them any, and say which there are', async () => {
    const operator = operatorApi((await createTestApi()).createDependencies('operator'))
    const call = (method: string) => {
      const { event } = apiEvent(method, '/v1/ops/me', {})
      const routeKey = 'ANY /v1/ops/me'
      return operator({ ...event, routeKey, requestContext: { ...event.requestContext, routeKey } }, context)
    }
    const headers = { allow: 'GET, HEAD, OPTIONS' }
    expect(await call('GET')).toMatchObject({ statusCode: 401 })
    expect(await call('HEAD')).toMatchObject({ statusCode: 401 })
    expect(await call('PUT')).toMatchObject({ statusCode: 405, headers })
    expect(await call('OPTIONS')).toMatchObject({ statusCode: 204, headers })
  })

  it('form one Lambda for each API folder and each worker, and each has an environment schema', () => {
    const lambdas = functions
      .filter(({ path }) => posix.basename(path) === 'lambda.ts')
      .map(({ path }) => posix.dirname(path))
    const expected = [...folders, ...Object.keys(workers).map((name) => `worker/${name}`)]
    expect(lambdas.sort()).toEqual(expected.map((name) => `functions/${name}`).sort())
    expect([...environments.keys()].sort()).toEqual(expected.toSorted())
  })
})

async function loadHandler({ path }: SourceFile): Promise<{ path: string; route: Route } | undefined> {
  if (posix.basename(path) === 'lambda.ts') return undefined
  const { handler }: { handler?: { route: Route } } = await import(`../../${path}`)
  return handler && { path, route: handler.route }
}

function getFileName(route: Route): string {
  return `${route.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`
}
