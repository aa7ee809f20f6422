import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '#shared/contract/routes.ts'
import { aCareer, career, createTestSystem, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'

const pages = [
  '/v1/careers',
  `/v1/careers/${career}`,
  `/v1/careers/compare?slugs=${career}`,
  `/v1/careers/${career}/states`,
  `/v1/careers/${career}/schools`,
  `/v1/careers/${career}/jsonld`,
  '/v1/programs/tall-grass-hit',
  '/v1/programs/tall-grass-hit/form',
  '/openapi.json',
  '/docs',
  '/docs/capture',
  '/',
]

let system: TestSystem
beforeAll(async () => {
  system = await createTestSystem()
})

describe.each(pages)('%s', (page) => {
  it('has a cache lifetime and an ETag', async () => {
    const { status, headers } = await system.api.call('GET', page)
    expect(status).toBe(200)
    expect(headers['cache-control']).toMatch(/^public, max-age=(\d+), s-maxage=\1, stale-while-revalidate=\1$/)
    expect(headers.etag).toMatch(/^"[\w-]{27}"$/)
  })

  it.each([
    ['the tag', (etag: string) => etag],
    ['a weak form of it', (etag: string) => `W/${etag}`],
    ['a list with it', (etag: string) => `"other", W/"another",${etag}`],
    ['any tag', () => '*'],
  ])('returns 304 for %s', async (_, formatTag) => {
    const { headers } = await system.api.call('GET', page)
    const again = await get(page, formatTag(headers.etag ?? ''))
    expect([again.status, again.text, again.headers['content-type']]).toEqual([304, '', undefined])
    expect(again.headers.etag).toBe(headers.etag)
    expect(again.headers['cache-control']).toBe(headers['cache-control'])
  })

  it('returns 200 for another tag', async () => {
    expect((await get(page, '"other"')).status).toBe(200)
    expect((await get(page, '"other')).status).toBe(200)
  })
})

it('a changed page has another ETag', async () => {
  const page = `/v1/careers/${career}`
  const { api } = await createTestSystem()
  const before = await api.call('GET', page)
  await putRecord(api, 'careers', career, aCareer({ summary: 'Keeps them in better order.' }))
  const after = await api.call('GET', page, { headers: { 'if-none-match': before.headers.etag } })
  expect(after.status).toBe(200)
  expect(after.headers.etag).not.toBe(before.headers.etag)
})

it('this test covers every cacheable route', () => {
  const cacheableRoutes = Object.values(routes)
    .flat()
    .filter((route) => 'cacheSeconds' in route)
  expect(cacheableRoutes).toHaveLength(pages.length)
})

it('a 404 response is not cached', async () => {
  const { status, headers } = await system.api.call('GET', '/v1/careers/nobody')
  expect([status, headers['cache-control'], headers.etag]).toEqual([404, 'no-store', undefined])
})

function get(page: string, tag: string) {
  return system.api.call('GET', page, { headers: { 'if-none-match': tag } })
}
