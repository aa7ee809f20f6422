import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordKinds, records } from '#shared/contract/catalog/records.ts'
import { workers } from '#shared/contract/delivery/workers.ts'
import { fillPath } from '#shared/contract/fill-path.ts'
import { type Route, routeKey } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'
import { environments } from '#shared/platform/environment.ts'
import { type SourceFile, sourceFiles } from '#test/architecture/source-files.ts'
import { openHouse } from '#test/house.ts'

const functions = sourceFiles('functions')

describe('the functions', () => {
  it.each(folders)('of %s are the routes that the contract gives it, each in a file of its name', async (folder) => {
    const served = await Promise.all(
      functions.filter(({ path }) => posix.dirname(path) === `functions/${folder}`).map(endpointsOf),
    )
    const wanted = new Set(routes[folder].map(routeKey))
    expect(new Set(served.flat().map(({ route }) => routeKey(route)))).toEqual(wanted)
    expect(served.flat().filter(({ path, route }) => posix.basename(path) !== fileOf(route))).toEqual([])
  })

  it.each(folders.flatMap((folder) => routes[folder].map((route): Route => route)))(
    'answer $method $path',
    async (route) => {
      const house = await openHouse()
      const { body } = await house.call(route.method, fillPath(route.path, { ...route.example?.params }))
      expect(body).not.toMatchObject({ code: 'ROUTE_NOT_FOUND' })
    },
  )

  it('are one Lambda for each folder that calls or is called, and each has its environment', () => {
    const lambdas = functions
      .filter(({ path }) => posix.basename(path) === 'lambda.ts')
      .map(({ path }) => posix.dirname(path))
    const wanted = [...folders, ...Object.keys(workers).map((name) => `worker/${name}`)]
    expect(lambdas.sort()).toEqual(wanted.map((name) => `functions/${name}`).sort())
    expect(Object.keys(environments).sort()).toEqual(wanted.toSorted())
  })
})

type Served = { path: string; route: Route }
type Exports = { handler?: { route: Route }; handlers?: { route: Route }[] }

async function endpointsOf({ path }: SourceFile): Promise<Served[]> {
  if (posix.basename(path) === 'lambda.ts') return []
  const { handler, handlers = [] }: Exports = await import(`../../${path}`)
  return [...(handler ? [handler] : []), ...handlers].map(({ route }) => ({ path, route }))
}

/** A route's file is called as it is, but that the records of all kinds share theirs. */
function fileOf(route: Route): string {
  if (recordKinds.some((kind) => route === records[kind].get || route === records[kind].list)) return 'read-records.ts'
  if (recordKinds.some((kind) => route === records[kind].delete)) return 'delete-record.ts'
  return `${route.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`
}
