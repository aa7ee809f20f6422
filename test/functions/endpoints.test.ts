import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordKinds, records } from '#shared/contract/catalog/records.ts'
import { fillPath } from '#shared/contract/fill-path.ts'
import { formatRouteKey, type Route } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'
import { environments } from '#shared/platform/environment.ts'
import { workers } from '#shared/platform/workers.ts'
import { type SourceFile, sourceFiles } from '#test/architecture/source-files.ts'
import { createTestApi } from '#test/create-test-api.ts'

const functions = sourceFiles('functions')

describe('the functions', () => {
  it.each(folders)('of %s are the routes that the contract gives it, each in a file of its name', async (folder) => {
    const servedRoutes = await Promise.all(
      functions.filter(({ path }) => posix.dirname(path) === `functions/${folder}`).map(loadHandlers),
    )
    const expected = new Set(routes[folder].map(formatRouteKey))
    expect(new Set(servedRoutes.flat().map(({ route }) => formatRouteKey(route)))).toEqual(expected)
    expect(servedRoutes.flat().filter(({ path, route }) => posix.basename(path) !== getFileName(route))).toEqual([])
  })

  it.each(folders.flatMap((folder) => routes[folder].map((route): Route => route)))(
    'answer $method $path',
    async (route) => {
      const api = await createTestApi()
      const { body } = await api.call(route.method, fillPath(route.path, { ...route.example?.params }))
      expect(body).not.toMatchObject({ code: 'ROUTE_NOT_FOUND' })
    },
  )

  it('are one Lambda for each folder that calls or is called, and each has its environment', () => {
    const lambdas = functions
      .filter(({ path }) => posix.basename(path) === 'lambda.ts')
      .map(({ path }) => posix.dirname(path))
    const expected = [...folders, ...Object.keys(workers).map((name) => `worker/${name}`)]
    expect(lambdas.sort()).toEqual(expected.map((name) => `functions/${name}`).sort())
    expect([...environments.keys()].sort()).toEqual(expected.toSorted())
  })
})

type ServedRoute = { path: string; route: Route }
type Exports = { handler?: { route: Route }; handlers?: { route: Route }[] }

async function loadHandlers({ path }: SourceFile): Promise<ServedRoute[]> {
  if (posix.basename(path) === 'lambda.ts') return []
  const { handler, handlers = [] }: Exports = await import(`../../${path}`)
  return [...(handler ? [handler] : []), ...handlers].map(({ route }) => ({ path, route }))
}

/** A route's file is called as it is, but that the records of all kinds share theirs. */
function getFileName(route: Route): string {
  if (recordKinds.some((kind) => route === records[kind].get || route === records[kind].list)) return 'read-records.ts'
  if (recordKinds.some((kind) => route === records[kind].delete)) return 'delete-record.ts'
  return `${route.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`
}
