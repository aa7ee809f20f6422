import { expect, it } from 'vitest'
import { readDocs, readHealth } from '#shared/contract/about.ts'
import { createApi, defineHandler } from '#shared/http/api.ts'

const health = defineHandler(readHealth, async () => ({ status: 200 as const, body: { status: 'ok' as const } }))
const docs = defineHandler(readDocs, async () => ({ status: 200 as const, body: '<p>Docs</p>' }))
const routes = [readHealth, readDocs] as const

it('creates an API from one handler for each route', () => {
  expect(createApi(routes, { readHealth: health, readDocs: docs })).toBeTypeOf('function')
})

it('does not compile without a handler for each route', () => {
  // @ts-expect-error readDocs has no handler.
  createApi(routes, { readHealth: health })
})

it('does not compile with a handler that has no route', () => {
  // @ts-expect-error readDocs is not a route of this API.
  createApi([readHealth], { readHealth: health, readDocs: docs })
})

it('does not compile with the handler of another route', () => {
  // @ts-expect-error The handler is that of readDocs.
  createApi([readHealth], { readHealth: docs })
})
