import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type RecordKind, recordKinds, records } from '#shared/contract/catalog/records.ts'
import { aCampaign, aCareer, aProgram, aSchool, aTown, type Town, write } from '#test/functions/town.ts'

const bodies: { [kind in RecordKind]: { [field: string]: unknown } } = {
  careers: aCareer(),
  schools: aSchool(),
  programs: aProgram(),
  campaigns: aCampaign(),
  sources: { name: 'Another page', mode: 'live' },
}

let town: Town
beforeAll(async () => {
  town = await aTown()
})

describe.each(recordKinds)('%s', (kind) => {
  const at = `/v1/ops/${kind}/one`
  const put = (headers: { [name: string]: string } = {}) => town.house.staff('PUT', at, { body: bodies[kind], headers })

  it('are written, read, rewritten and removed, each time with a version', async () => {
    const first = await put()
    expect([first.status, first.headers.etag]).toEqual([201, '"1"'])
    const read = await town.house.staff('GET', at)
    expect(read.headers.etag).toBe('"1"')
    expect(read.body).toMatchObject({ id: 'one', version: 1, updatedAt: '2026-11-23T15:00:00.000Z' })
    const second = await put()
    expect([second.status, second.headers.etag]).toEqual([200, '"2"'])
    expect((await town.house.staff('DELETE', at)).status).toBe(204)
    expect((await town.house.staff('GET', at)).status).toBe(404)
    expect((await town.house.staff('DELETE', at)).status).toBe(404)
  })

  it('are not written over, nor removed, by whoever saw an older version', async () => {
    await put({ 'if-match': '"0"' })
    await put({ 'if-match': '"1"' })
    for (const seen of ['"1"', '"0"', '"3"']) {
      expect((await put({ 'if-match': seen })).body).toMatchObject({ code: 'VERSION_CONFLICT' })
      const headers = { 'if-match': seen }
      expect((await town.house.staff('DELETE', at, { headers })).status).toBe(412)
    }
    expect((await put({ 'if-match': '*' })).headers.etag).toBe('"3"')
    expect((await town.house.staff('DELETE', at, { headers: { 'if-match': '"3"' } })).status).toBe(204)
    expect((await put({ 'if-match': '*' })).status).toBe(412)
  })

  it('are written once where two who saw the same version write at once', async () => {
    await put()
    const both = await Promise.all([put({ 'if-match': '"1"' }), put({ 'if-match': '"1"' })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    await town.house.staff('DELETE', at)
  })

  it('are listed by id, a page at a time, each once', async () => {
    for (const id of ['page-a', 'page-b', 'page-c']) await write(town.house, kind, id, bodies[kind])
    const seen: string[] = []
    for (let path: string | undefined = `/v1/ops/${kind}?limit=2`; path; ) {
      const { body, headers } = await town.house.staff('GET', path)
      const { records: found, page } = list.parse(body)
      seen.push(...found.map(({ id }) => id))
      path = page.nextCursor ? `/v1/ops/${kind}?limit=2&cursor=${page.nextCursor}` : undefined
      expect(headers.link !== undefined).toBe(path !== undefined)
    }
    expect(seen).toEqual([...new Set(seen)].sort())
    expect(seen).toEqual(expect.arrayContaining(['page-a', 'page-b', 'page-c']))
  })

  it('are nobody’s but staff’s', async () => {
    const school = { authorization: `Bearer ${await town.house.schoolKey('tall-grass')}` }
    for (const [method, path, body] of [
      ['GET', at, undefined],
      ['GET', `/v1/ops/${kind}`, undefined],
      ['PUT', at, bodies[kind]],
      ['DELETE', at, undefined],
    ] as const) {
      expect((await town.house.call(method, path, { body })).body).toMatchObject({ code: 'KEY_REQUIRED' })
      expect((await town.house.call(method, path, { body, headers: school })).body).toMatchObject({
        code: 'KEY_UNKNOWN',
      })
    }
  })

  it('take no field that they do not have, and no id that is none', async () => {
    const unknown = await town.house.staff('PUT', at, { body: { ...bodies[kind], secretField: 1 } })
    expect(unknown.body).toMatchObject({ errors: [{ pointer: '/secretField', code: 'unknown_field' }] })
    const nameless = await town.house.staff('PUT', `/v1/ops/${kind}/-`, { body: bodies[kind] })
    expect(nameless.body).toMatchObject({ errors: [{ pointer: '{id}' }] })
    expect((await put({ 'if-match': 'W/"1"' })).body).toMatchObject({ errors: [{ pointer: 'if-match' }] })
  })

  it('are found behind no cursor but their own', async () => {
    const { body } = await town.house.staff('GET', `/v1/ops/${kind}?limit=1`)
    const cursor = list.parse(body).page.nextCursor ?? ''
    const other = kind === 'careers' ? 'schools' : 'careers'
    for (const path of [`/v1/ops/${other}?cursor=${cursor}`, `/v1/ops/${kind}?cursor=forged`])
      expect((await town.house.staff('GET', path)).body).toMatchObject({ errors: [{ code: 'invalid_cursor' }] })
  })

  it('have a route for each of the four', () => {
    expect(Object.keys(records[kind]).sort()).toEqual(['delete', 'get', 'list', 'put'])
  })
})

const list = z.object({
  records: z.array(z.object({ id: z.string() })),
  page: z.object({ nextCursor: z.string().nullable() }),
})
