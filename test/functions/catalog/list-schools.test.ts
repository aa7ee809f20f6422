import { beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { listSchools } from '#shared/contract/catalog/catalog.ts'
import { createTestApi, type TestApi } from '#test/create-test-api.ts'
import { aCareer, aProgram, aSchool, career, putRecord } from '#test/functions/create-test-system.ts'

let api: TestApi
// Twelve schools, in Texas and Ohio by turns; every fourth teaches on campus, every sixth gives a bachelor's degree.
beforeAll(async () => {
  api = await createTestApi()
  await putRecord(api, 'careers', career, aCareer())
  for (const number of Array.from({ length: 12 }, (_, index) => index + 1)) {
    const schoolId = `school-${String(number).padStart(2, '0')}`
    await putRecord(api, 'schools', schoolId, aSchool({ name: `School ${String(number).padStart(2, '0')}` }))
    const fields = {
      states: [number % 2 === 0 ? 'TX' : 'OH'],
      modality: number % 4 === 0 ? 'campus' : 'online',
      level: number % 6 === 0 ? 'bachelor' : 'associate',
      sponsored: number !== 1,
      rank: 100 - number,
    }
    await putRecord(api, 'programs', `program-${number}`, aProgram({ schoolId, ...fields }))
  }
})

describe('the listing of a career', () => {
  it('has a disclosure, and the placement basis of each school', async () => {
    const { disclosure, rankingBasis, schools } = await page('')
    expect(disclosure.text).toContain('pay to be listed')
    expect(rankingBasis).not.toBe('')
    for (const { placementBasis, links, sponsored } of schools) {
      expect(placementBasis).toContain(sponsored ? 'Sponsored' : 'Not sponsored')
      expect(links.rel).toBe(sponsored ? 'sponsored nofollow' : 'nofollow')
    }
  })

  it('lists sponsored schools first, by rank, and the others last', async () => {
    const { schools } = await page('pageSize=50')
    const expected = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(
      (number) => `school-${String(number).padStart(2, '0')}`,
    )
    expect(schools.map(({ schoolId }) => schoolId)).toEqual(expected)
    expect(schools.map(({ sponsored }) => sponsored).lastIndexOf(true)).toBe(10)
  })

  it('has numbered pages with continuous positions', async () => {
    const first = await page('')
    const second = await page('page=2')
    expect(first.page).toEqual({ number: 1, size: 10, total: 12, pages: 2, next: 2, previous: null })
    expect(second.page).toEqual({ number: 2, size: 10, total: 12, pages: 2, next: null, previous: 1 })
    expect([...first.schools, ...second.schools].map(({ position }) => position)).toEqual(
      [...Array(13).keys()].slice(1),
    )
  })

  it('links to the next and previous page with the same filters', async () => {
    const link = async (query: string) => (await api.call('GET', `/v1/careers/${career}/schools?${query}`)).headers.link
    const at = `/v1/careers/${career}/schools`
    expect(await link('page=2&pageSize=2&state=TX')).toBe(
      `<${at}?page=3&pageSize=2&state=TX>; rel="next", <${at}?page=1&pageSize=2&state=TX>; rel="prev"`,
    )
    expect(await link('state=CA')).toBeUndefined()
  })

  it('is empty past its end, and gives the number of pages', async () => {
    const { schools, page: pageInfo } = await page('page=9')
    expect([schools, pageInfo]).toEqual([[], { number: 9, size: 10, total: 12, pages: 2, next: null, previous: 2 }])
  })

  it.each([
    ['state=TX', 6],
    ['state=CA', 0],
    ['modality=campus', 3],
    ['level=bachelor', 2],
    ['level=bachelor&modality=campus&state=TX', 1],
    ['level=bachelor&state=OH', 0],
  ])('filters by %s: %i schools', async (query, total) => {
    const { schools, page: pageInfo } = await page(query)
    expect([schools.length, pageInfo.total, pageInfo.pages]).toEqual([total, total, 1])
  })

  it.each([
    'page=0',
    'page=1.5',
    'page=x',
    'pageSize=51',
    'pageSize=0',
    'state=Atlantis',
    'level=phd',
    'modality=sea',
    'q=1',
  ])('rejects the query %s', async (query) => {
    const { status, body } = await api.call('GET', `/v1/careers/${career}/schools?${query}`)
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer: `?${query.split('=')[0]}` }] })
  })

  it('is read with one lookup for any page', async () => {
    const { gets, queries } = api.watch
    await page('page=2&state=TX')
    expect([api.watch.gets - gets, api.watch.queries - queries]).toEqual([1, 0])
  })
})

async function page(query: string): Promise<z.output<(typeof listSchools.responses)[200]['body']>> {
  const { body } = await api.call('GET', `/v1/careers/${career}/schools?${query}`)
  return listSchools.responses[200].body.parse(body)
}
