import { beforeEach, describe, expect, it } from 'vitest'
import { listSchools } from '#shared/contract/catalog/catalog.ts'
import {
  aCampaign,
  aCareer,
  aProgram,
  aSchool,
  career,
  createTestSystem,
  putRecord,
  requestMatch,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

describe('a written record is visible to the next reader', () => {
  it('removes a paused school from listing, match and routing until it is active again', async () => {
    const match = await requestMatch(system)
    await putRecord(system.api, 'schools', 'tall-grass', aSchool({ status: 'paused' }))
    expect([await listSchoolIds(), await matchSchoolIds()]).toEqual([['bay-shore'], ['bay-shore']])
    expect((await submitTestLead(system)).schools.map(({ schoolId }) => schoolId)).toEqual(['bay-shore'])
    await putRecord(system.api, 'schools', 'tall-grass', aSchool())
    expect([await listSchoolIds(), await matchSchoolIds()]).toEqual([
      ['tall-grass', 'bay-shore'],
      match.schools.map(({ schoolId }) => schoolId),
    ])
  })

  it('shows the new name of a renamed school everywhere', async () => {
    await putRecord(system.api, 'schools', 'tall-grass', aSchool({ name: 'Long Grass College' }))
    expect((await listing()).schools[0]?.name).toBe('Long Grass College')
    expect((await requestMatch(system)).disclosure.text).toContain('Long Grass College')
    expect((await system.api.call('GET', '/v1/programs/tall-grass-hit')).text).toContain('Long Grass College')
  })

  it('shows the new name of a renamed program everywhere', async () => {
    await putRecord(system.api, 'programs', 'tall-grass-hit', aProgram({ name: 'Associate of Records', rank: 1 }))
    expect((await listing()).schools[0]?.programs[0]?.name).toBe('Associate of Records')
    expect((await requestMatch(system)).schools[0]?.programName).toBe('Associate of Records')
  })

  it('removes a moved program from its former career and state', async () => {
    await putRecord(system.api, 'careers', 'registrar', aCareer({ title: 'Registrar' }))
    await putRecord(system.api, 'programs', 'tall-grass-hit', aProgram({ careerSlugs: ['registrar'], states: ['OH'] }))
    expect([await listSchoolIds(), await matchSchoolIds()]).toEqual([['bay-shore'], ['bay-shore']])
    expect(await listSchoolIds('registrar')).toEqual(['tall-grass'])
    expect(await matchSchoolIds({ careerSlug: 'registrar', zip: '43004' })).toEqual(['tall-grass'])
    expect(await matchSchoolIds({ careerSlug: 'registrar' })).toEqual([])
  })

  it('lists a program of all states once in each state', async () => {
    await putRecord(system.api, 'programs', 'tall-grass-hit', aProgram({ states: undefined }))
    expect(await matchSchoolIds({ zip: '99501' })).toEqual(['tall-grass'])
    expect(await matchSchoolIds()).toEqual(['tall-grass', 'bay-shore'])
  })

  it('sends no match to a paused or deleted campaign', async () => {
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ status: 'paused' }))
    expect(await matchSchoolIds()).toEqual(['bay-shore'])
    await system.api.staff('DELETE', '/v1/ops/campaigns/bay-shore-tx')
    expect(await matchSchoolIds()).toEqual([])
  })

  it('shows the new title of a career on related pages, and lists it once', async () => {
    const relatedCareers = [{ slug: career, reason: 'It is near.' }]
    await putRecord(system.api, 'careers', 'registrar', aCareer({ title: 'Registrar', relatedCareers }))
    await putRecord(system.api, 'careers', career, aCareer({ title: 'Medical Records Specialist' }))
    expect((await system.api.call('GET', '/v1/careers/registrar')).text).toContain('Medical Records Specialist')
    expect((await system.api.call('GET', '/v1/careers')).body).toMatchObject({
      careers: [{ title: 'Medical Records Specialist' }, { title: 'Registrar' }],
    })
  })

  it('sells the next lead to a new campaign', async () => {
    await putRecord(system.api, 'schools', 'new', aSchool({ name: 'New School' }))
    await putRecord(system.api, 'programs', 'new-hit', aProgram({ schoolId: 'new' }))
    await putRecord(
      system.api,
      'campaigns',
      'new-tx',
      aCampaign({ schoolId: 'new', programIds: ['new-hit'], priority: 0 }),
    )
    const { schools } = await submitTestLead(system)
    expect(schools.map(({ schoolId }) => schoolId)).toEqual(['new', 'tall-grass', 'bay-shore'])
  })

  it('lists all programs that were written at once', async () => {
    const many = Array.from({ length: 12 }, (_, number) => `many-${number}`)
    await Promise.all(many.map((id) => putRecord(system.api, 'programs', id, aProgram())))
    const programs = (await listing()).schools.flatMap((school) => school.programs.map(({ programId }) => programId))
    expect(programs).toEqual(expect.arrayContaining(many))
  })
})

async function listing(slug = career) {
  const { body } = await system.api.call('GET', `/v1/careers/${slug}/schools`)
  return listSchools.responses[200].body.parse(body)
}

async function listSchoolIds(slug?: string) {
  return (await listing(slug)).schools.map(({ schoolId }) => schoolId)
}

async function matchSchoolIds(fields: { [field: string]: unknown } = {}) {
  return (await requestMatch(system, fields)).schools.map(({ schoolId }) => schoolId)
}
