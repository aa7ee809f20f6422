import { beforeAll, describe, expect, it } from 'vitest'
import {
  career,
  createServerHeaders,
  createTestSystem,
  parseKey,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

describe('a check of the settings of a form', () => {
  let system: TestSystem
  beforeAll(async () => {
    system = await createTestSystem()
  })
  const check = (
    query: string,
    headers: { [name: string]: string | undefined } = { 'x-source-key': system.sourceKey },
  ) => system.api.call('GET', `/v1/form-settings?${query}`, { headers })

  it('returns the mode of the source, with and without a program of the career', async () => {
    for (const query of [`careerSlug=${career}`, `careerSlug=${career}&programId=tall-grass-hit`])
      expect(await check(query)).toMatchObject({ status: 200, body: { mode: 'live' } })
  })

  it('serves a server with the secret key', async () => {
    expect(await check(`careerSlug=${career}`, await createServerHeaders(system))).toMatchObject({ status: 200 })
  })

  it.each([
    ['no key', `careerSlug=${career}`, {}, 401, 'KEY_REQUIRED'],
    ['an empty key', `careerSlug=${career}`, { 'x-source-key': '' }, 401, 'KEY_REQUIRED'],
    ['an unknown key', `careerSlug=${career}`, { 'x-source-key': 'pk_live_mistyped' }, 401, 'KEY_INVALID'],
    ['an unknown career', 'careerSlug=lamplighter', undefined, 404, 'NOT_FOUND'],
    ['an unknown program', `careerSlug=${career}&programId=nothing`, undefined, 404, 'NOT_FOUND'],
    ['no career', 'careerSlug=', undefined, 422, 'INVALID_REQUEST'],
  ])('refuses %s', async (_, query, headers, status, code) => {
    expect(await check(query, headers)).toMatchObject({ status, body: { code } })
  })

  it('refuses a program of another career', async () => {
    await putRecord(system.api, 'careers', 'lamplighter', { title: 'L', summary: 'L', facts: [], sections: [] })
    expect(await check('careerSlug=lamplighter&programId=tall-grass-hit')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('no such program') },
    })
  })

  it('refuses a page that is not an origin of the source, and varies by origin', async () => {
    const body = { name: 'Bound', mode: 'test', origins: ['https://careers.example'] }
    const key = parseKey((await putRecord(system.api, 'sources', 'bound', body)).body)
    const checkOrigin = (origin: string) => check(`careerSlug=${career}`, { 'x-source-key': key, origin })
    expect((await checkOrigin('https://evil.example')).body).toMatchObject({ code: 'ORIGIN_NOT_ALLOWED' })
    expect(await checkOrigin('https://careers.example')).toMatchObject({
      body: { mode: 'test' },
      headers: { vary: 'Origin' },
    })
  })

  it('takes nothing from the limit of the source', async () => {
    const body = { name: 'Small', mode: 'live', rateLimitPerMinute: 1 }
    const sourceKey = parseKey((await putRecord(system.api, 'sources', 'small', body)).body)
    for (let page = 0; page < 3; page++)
      expect(await check(`careerSlug=${career}`, { 'x-source-key': sourceKey })).toMatchObject({ status: 200 })
    expect((await requestMatch({ ...system, sourceKey })).schools).not.toEqual([])
  })
})
