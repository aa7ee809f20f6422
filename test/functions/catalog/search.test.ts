import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { aCareer, createTestSystem, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'

let system: TestSystem
beforeAll(async () => {
  system = await createTestSystem()
  await putRecord(system.api, 'careers', 'nurses', aCareer({ title: 'Registered Nurses', aliases: ['RN'] }))
  await putRecord(system.api, 'careers', 'auditors', aCareer({ title: 'Auditors' }))
  await system.api.finishPublishing()
})

const list = z.object({ careers: z.array(z.object({ slug: z.string() })), page: z.object({ nextCursor: z.null() }) })
async function listSlugs(query: string): Promise<string[]> {
  const { body } = await system.api.call('GET', `/v1/careers?${query}`)
  return list.parse(body).careers.map(({ slug }) => slug)
}

describe('GET /v1/careers', () => {
  it('finds careers by title, alias and with a typing error', async () => {
    expect(await listSlugs('query=nurses%20registered')).toEqual(['nurses'])
    expect(await listSlugs('query=rn')).toEqual(['nurses'])
    expect(await listSlugs('query=regsitered')).toEqual(['nurses'])
    expect(await listSlugs('query=of')).toEqual([])
    expect(await listSlugs('query=zzz')).toEqual([])
  })

  it('lists the careers that begin with a letter', async () => {
    expect(await listSlugs('letter=a')).toEqual(['auditors'])
    expect(await listSlugs('letter=R')).toEqual(['nurses'])
    expect((await system.api.call('GET', '/v1/careers?letter=ab')).status).toBe(422)
  })

  it('follows a career that is renamed or removed within a run of the worker', async () => {
    await system.api.staff('PUT', '/v1/ops/careers/auditors', {
      body: aCareer({ title: 'Accountants' }),
      headers: { 'if-match': '*' },
    })
    expect(await listSlugs('query=auditor')).toEqual([])
    await system.api.finishPublishing()
    expect(await listSlugs('query=accountant')).toEqual(['auditors'])
    await system.api.staff('DELETE', '/v1/ops/careers/auditors')
    await system.api.finishPublishing()
    expect(await listSlugs('query=accountant')).toEqual([])
  })
})
