import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { readCareer, readJsonld } from '#shared/contract/catalog/catalog.ts'
import { readForm, readProgram } from '#shared/contract/catalog/programs.ts'
import { aCareer, aProgram, createTestSystem, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'

let system: TestSystem
const get = (path: string) => system.api.call('GET', path)
beforeAll(async () => {
  system = await createTestSystem()
})

describe('a career', () => {
  const facts = [
    { ...fact('Mean wage', 40430), unit: 'USD', expiresAt: '2027-01-01T00:00:00Z' },
    { ...fact('Stale wage', 106070), unit: 'USD', expiresAt: '2020-01-01T00:00:00Z' },
  ]
  beforeAll(async () => {
    await putRecord(system.api, 'careers', 'registrar', aCareer({ title: 'Cancer Registrar' }))
    const relatedCareers = ['registrar', 'not-yet-written'].map((slug) => ({ slug, reason: 'It is near.' }))
    const degreeOptions = [{ level: 'associate', label: 'Associate degree' }]
    await putRecord(system.api, 'careers', 'full', aCareer({ title: 'Full', facts, relatedCareers, degreeOptions }))
    await putRecord(system.api, 'programs', 'full-online', aProgram({ careerSlugs: ['full'] }))
  })

  it('lists existing related careers, each source once, and the number of programs', async () => {
    const { body } = await get('/v1/careers/full')
    const page = readCareer.responses[200].body.parse(body)
    expect(page.relatedCareers).toEqual([{ slug: 'registrar', title: 'Cancer Registrar', reason: 'It is near.' }])
    const schools = '/v1/careers/full/schools?level=associate'
    expect(page.degreeOptions).toEqual([
      { position: 1, level: 'associate', label: 'Associate degree', programCount: 1, schools },
    ])
    expect(page.attributions).toEqual([{ footnote: 1, name: 'BLS' }])
    expect(page.facts.map(({ footnote, stale }) => [footnote, stale])).toEqual([
      [1, false],
      [1, true],
    ])
  })

  it('links a fact about another career to it, follows its title, and drops the link when it is removed', async () => {
    const about = { ...fact('Pay of managers', 1), expiresAt: '2027-01-01T00:00:00Z', careerSlug: 'manager' }
    const readFact = async () => readCareer.responses[200].body.parse((await get('/v1/careers/pointing')).body).facts[0]
    await putRecord(system.api, 'careers', 'pointing', aCareer({ title: 'Pointing', facts: [about] }))
    expect(await readFact()).not.toHaveProperty('careerSlug')
    await putRecord(system.api, 'careers', 'manager', aCareer({ title: 'Manager' }))
    expect(await readFact()).toMatchObject({ careerSlug: 'manager', careerTitle: 'Manager' })
    await system.api.staff('DELETE', '/v1/ops/careers/manager', { headers: { 'if-match': '*' } })
    expect(await readFact()).not.toHaveProperty('careerTitle')
    await system.api.staff('DELETE', '/v1/ops/careers/pointing', { headers: { 'if-match': '*' } })
  })

  it('leaves out the facts of other states if a state is named', async () => {
    const places = ['United States', 'Texas', 'California', 'Austin-Round Rock, TX']
    const placeFacts = places.map((geography) => ({
      ...fact(`Wage in ${geography}`, 1),
      geography,
      expiresAt: '2027-01-01T00:00:00Z',
    }))
    await putRecord(system.api, 'careers', 'placed', aCareer({ title: 'Placed', facts: placeFacts }))
    const readPlaces = async (query: string) => {
      const { body } = await get(`/v1/careers/placed${query}`)
      return readCareer.responses[200].body.parse(body).facts.map(({ geography }) => geography)
    }
    expect(await readPlaces('')).toEqual(places)
    expect(await readPlaces('?state=TX')).toEqual(places.filter((place) => place !== 'California'))
    expect(await readPlaces('?state=california')).not.toContain('Texas')
    expect((await get('/v1/careers/placed?state=Nowhere')).status).toBe(422)
    await system.api.staff('DELETE', '/v1/ops/careers/placed', { headers: { 'if-match': '*' } })
  })

  it.each([
    'careers/full',
    'careers/full/jsonld',
    'careers/full/schools',
    'programs/tall-grass-hit',
    'programs/tall-grass-hit/form',
  ])('of %s refuses a query parameter that it does not know, instead of ignoring it', async (path) => {
    const { status, body } = await get(`/v1/${path}?bogus=1`)
    expect(status).toBe(422)
    expect(body).toMatchObject({ errors: [{ pointer: '?bogus', code: 'unknown_field' }] })
  })

  it('omits expired facts from its structured data', async () => {
    const { body, headers } = await get('/v1/careers/full/jsonld')
    const [occupation, list] = readJsonld.responses[200].body.parse(body)['@graph']
    expect(headers['content-type']).toBe('application/ld+json')
    expect(occupation).toMatchObject({ '@type': 'Occupation', estimatedSalary: [{ value: { value: 40430 } }] })
    expect(list).toMatchObject({ '@type': 'ItemList', numberOfItems: 1 })
  })
})

describe('a program', () => {
  it('is returned with its school', async () => {
    const { body } = await get('/v1/programs/tall-grass-hit')
    const page = readProgram.responses[200].body.parse(body)
    expect(page).toMatchObject({ schoolName: 'Tall Grass College', states: ['TX'], sponsored: true })
  })

  it('has its content and that of its school, which listings do not carry', async () => {
    const content = {
      curriculum: 'You study:\n\n- coding',
      prerequisites: 'A diploma.',
      financialAid: 'Apply with the **FAFSA**.',
      startDates: ['2027-01-11'],
      url: 'https://tall-grass.example/hit',
      tuition: { cents: 90000, per: 'term', asOf: '2026-08-01T00:00:00.000Z', source: { name: 'Catalog' } },
    } as const
    const accreditation = [{ name: 'Commission of Examples' }]
    await putRecord(system.api, 'schools', 'content-school', {
      name: 'Content College',
      timeZone: 'America/Chicago',
      accreditation,
    })
    await putRecord(
      system.api,
      'programs',
      'content',
      aProgram({ schoolId: 'content-school', careerSlugs: ['full'], ...content }),
    )
    const page = readProgram.responses[200].body.parse((await get('/v1/programs/content')).body)
    expect(page).toMatchObject({ ...content, school: { accreditation } })
    const listing = JSON.stringify((await get('/v1/careers/full/schools')).body)
    expect(listing).toContain('"asOf":"2026-08-01T00:00:00.000Z"')
    for (const text of ['Catalog', 'You study', 'FAFSA', 'Commission of Examples']) expect(listing).not.toContain(text)
  })

  it('has a form with its questions', async () => {
    const questions = [{ id: 'nurse', label: 'Are you a nurse?', kind: 'yes-no' }]
    await putRecord(system.api, 'programs', 'asking', aProgram({ questions }))
    const { body } = await get('/v1/programs/asking/form')
    expect(readForm.responses[200].body.parse(body).questions).toMatchObject([{ id: 'nurse', required: true }])
  })
})

describe('all careers', () => {
  it('are listed by title over several pages, each once', async () => {
    const titles: string[] = []
    for (let path: string | undefined = '/v1/careers?limit=1'; path; ) {
      const { body, headers } = await get(path)
      const { careers, page } = list.parse(body)
      titles.push(...careers.map(({ title }) => title))
      path = page.nextCursor ? `/v1/careers?limit=1&cursor=${page.nextCursor}` : undefined
      expect(headers.link?.includes(`cursor=${page.nextCursor}`) ?? false).toBe(path !== undefined)
    }
    expect(titles).toEqual(['Cancer Registrar', 'Full', 'Health Record Technician'])
  })

  it.each(['!!!', 'A', 'A'.repeat(2000), 'gICA', '%20'])('reject the cursor %.10s', async (cursor) => {
    const { status, body } = await get(`/v1/careers?cursor=${cursor}`)
    expect(status).toBe(422)
    expect(body).toMatchObject({ errors: [{ pointer: '?cursor', code: 'invalid_cursor' }] })
  })

  it.each(['limit=', 'limit=&cursor='])('take the empty values of %s as left out', async (query) => {
    expect(await get(`/v1/careers?${query}`)).toMatchObject({ status: 200, body: (await get('/v1/careers')).body })
  })

  it.each(['limit=0', 'limit=101', 'limit=x', 'sort=title'])('reject the query %s', async (query) => {
    const { status, body } = await get(`/v1/careers?${query}`)
    expect(status).toBe(422)
    expect(body).toMatchObject({ errors: [{ pointer: `?${query.split('=')[0]}` }] })
  })
})

const list = z.object({
  careers: z.array(z.object({ title: z.string() })),
  page: z.object({ nextCursor: z.string().nullable() }),
})

function fact(label: string, value: number) {
  const provenance = { statistic: 'mean', period: 'May 2015', source: { name: 'BLS' }, asOf: '2016-01-01T00:00:00Z' }
  return { metric: 'mean-annual-wage', label, value, ...provenance }
}
