import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type RecordKind, recordKinds, records } from '#shared/contract/catalog/records.ts'
import {
  aCampaign,
  aCareer,
  aProgram,
  aSchool,
  createTestSystem,
  putRecord,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

const bodies: { [kind in RecordKind]: { [field: string]: unknown } } = {
  careers: aCareer(),
  schools: aSchool(),
  programs: aProgram(),
  campaigns: aCampaign(),
  sources: { name: 'Another page', mode: 'live' },
}

let system: TestSystem
beforeAll(async () => {
  system = await createTestSystem()
})

describe.each(recordKinds)('%s', (kind) => {
  const at = `/v1/ops/${kind}/one`
  const createPut =
    (path: string) =>
    (headers: { [name: string]: string } = {}) =>
      system.api.staff('PUT', path, { body: bodies[kind], headers })
  const put = createPut(at)

  it('are created, read, replaced and deleted, with a version', async () => {
    const first = await put()
    expect([first.status, first.headers.etag]).toEqual([201, '"1"'])
    const read = await system.api.staff('GET', at)
    expect(read.headers.etag).toBe('"1"')
    expect(read.body).toMatchObject({ id: 'one', version: 1, updatedAt: '2026-11-23T15:00:00.000Z' })
    const second = await put()
    expect([second.status, second.headers.etag]).toEqual([200, '"2"'])
    expect((await system.api.staff('DELETE', at)).status).toBe(204)
    expect((await system.api.staff('GET', at)).status).toBe(404)
    expect((await system.api.staff('DELETE', at)).status).toBe(404)
  })

  it('are not replaced or deleted with an outdated version', async () => {
    const at = `/v1/ops/${kind}/two`
    const put = createPut(at)
    await put({ 'if-match': '"0"' })
    await put({ 'if-match': '"1"' })
    for (const staleVersion of ['"1"', '"0"', '"3"']) {
      expect((await put({ 'if-match': staleVersion })).body).toMatchObject({ code: 'VERSION_CONFLICT' })
      const headers = { 'if-match': staleVersion }
      expect((await system.api.staff('DELETE', at, { headers })).status).toBe(412)
    }
    expect((await put({ 'if-match': '*' })).headers.etag).toBe('"3"')
    expect((await system.api.staff('DELETE', at, { headers: { 'if-match': '"3"' } })).status).toBe(204)
    expect((await put({ 'if-match': '*' })).status).toBe(412)
  })

  it('go on counting versions when a deleted id is written again, so that no old ETag fits', async () => {
    const at = `/v1/ops/${kind}/again`
    const put = createPut(at)
    const first = await put()
    await system.api.staff('DELETE', at)
    const second = await put()
    expect([second.status, second.headers.etag]).toEqual([201, '"2"'])
    expect((await put({ 'if-match': first.headers.etag ?? '' })).status).toBe(412)
    expect((await system.api.staff('DELETE', at)).status).toBe(204)
  })

  it('accept one of two concurrent writes of the same version', async () => {
    const at = `/v1/ops/${kind}/three`
    const put = createPut(at)
    await put()
    const responses = await Promise.all([put({ 'if-match': '"1"' }), put({ 'if-match': '"1"' })])
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 412])
    await system.api.staff('DELETE', at)
  })

  it('are listed by id over several pages, each once', async () => {
    for (const id of ['page-a', 'page-b', 'page-c']) await putRecord(system.api, kind, id, bodies[kind])
    const listedIds: string[] = []
    for (let path: string | undefined = `/v1/ops/${kind}?limit=2`; path; ) {
      const { body, headers } = await system.api.staff('GET', path)
      const { records: pageRecords, page } = list.parse(body)
      listedIds.push(...pageRecords.map(({ id }) => id))
      path = page.nextCursor ? `/v1/ops/${kind}?limit=2&cursor=${page.nextCursor}` : undefined
      expect(headers.link !== undefined).toBe(path !== undefined)
    }
    expect(listedIds).toEqual([...new Set(listedIds)].sort())
    expect(listedIds).toEqual(expect.arrayContaining(['page-a', 'page-b', 'page-c']))
  })

  it('are listed by how their ID begins, page by page, with a cursor of that list only', async () => {
    for (const id of ['tone', 'tone-a', 'tone-b', 'too']) await putRecord(system.api, kind, id, bodies[kind])
    const read = async (query: string) => (await system.api.staff('GET', `/v1/ops/${kind}?${query}`)).body
    const first = list.parse(await read('prefix=tone&limit=2'))
    expect(first.records.map(({ id }) => id)).toEqual(['tone', 'tone-a'])
    const cursor = first.page.nextCursor ?? ''
    const last = list.parse(await read(`prefix=tone&limit=2&cursor=${cursor}`))
    expect(last.records.map(({ id }) => id)).toEqual(['tone-b'])
    expect(last.page.nextCursor).toBeNull()
    expect(await read(`limit=2&cursor=${cursor}`)).toMatchObject({ errors: [{ code: 'invalid_cursor' }] })
  })

  it('are refused without a staff key', async () => {
    const school = { authorization: `Bearer ${await system.api.schoolKey('tall-grass')}` }
    for (const [method, path, body] of [
      ['GET', at, undefined],
      ['GET', `/v1/ops/${kind}`, undefined],
      ['PUT', at, bodies[kind]],
      ['DELETE', at, undefined],
    ] as const) {
      expect((await system.api.call(method, path, { body })).body).toMatchObject({ code: 'KEY_REQUIRED' })
      expect((await system.api.call(method, path, { body, headers: school })).body).toMatchObject({
        code: 'KEY_INVALID',
      })
    }
  })

  it('reject unknown fields, invalid ids and weak ETags', async () => {
    const unknownField = await system.api.staff('PUT', at, { body: { ...bodies[kind], secretField: 1 } })
    expect(unknownField.body).toMatchObject({ errors: [{ pointer: '/secretField', code: 'unknown_field' }] })
    const nameless = await system.api.staff('PUT', `/v1/ops/${kind}/-`, { body: bodies[kind] })
    expect(nameless.body).toMatchObject({ errors: [{ pointer: '{id}' }] })
    expect((await put({ 'if-match': 'W/"1"' })).body).toMatchObject({ errors: [{ pointer: 'if-match' }] })
  })

  it('reject the cursor of another list', async () => {
    const { body } = await system.api.staff('GET', `/v1/ops/${kind}?limit=1`)
    const cursor = list.parse(body).page.nextCursor ?? ''
    const other = kind === 'careers' ? 'schools' : 'careers'
    for (const path of [`/v1/ops/${other}?cursor=${cursor}`, `/v1/ops/${kind}?cursor=forged`])
      expect((await system.api.staff('GET', path)).body).toMatchObject({ errors: [{ code: 'invalid_cursor' }] })
  })

  it('have the routes put, get, list and delete', () => {
    expect(Object.keys(records[kind]).sort()).toEqual(['delete', 'get', 'list', 'put'])
  })
})

const list = z.object({
  records: z.array(z.object({ id: z.string() })),
  page: z.object({ nextCursor: z.string().nullable() }),
})
