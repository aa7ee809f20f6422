import { beforeEach, describe, expect, it } from 'vitest'
import { listSchools } from '#shared/contract/catalog/catalog.ts'
import {
  aCampaign,
  aCareer,
  aProgram,
  aSchool,
  ask,
  aTown,
  career,
  enquire,
  type Town,
  write,
} from '#test/functions/town.ts'

let town: Town
beforeEach(async () => {
  town = await aTown()
})

describe('what staff write is seen by the next reader', () => {
  it('a school that is paused leaves listing, match and routing, and comes back', async () => {
    const match = await ask(town)
    await write(town.house, 'schools', 'tall-grass', aSchool({ status: 'paused' }))
    expect([await listed(), await matched()]).toEqual([['bay-shore'], ['bay-shore']])
    expect((await enquire(town)).schools.map(({ schoolId }) => schoolId)).toEqual(['bay-shore'])
    await write(town.house, 'schools', 'tall-grass', aSchool())
    expect([await listed(), await matched()]).toEqual([
      ['tall-grass', 'bay-shore'],
      match.schools.map(({ schoolId }) => schoolId),
    ])
  })

  it('a school that is renamed has its new name everywhere', async () => {
    await write(town.house, 'schools', 'tall-grass', aSchool({ name: 'Long Grass College' }))
    expect((await listing()).schools[0]?.name).toBe('Long Grass College')
    expect((await ask(town)).disclosure.text).toContain('Long Grass College')
    expect((await town.house.call('GET', '/v1/programs/tall-grass-hit')).text).toContain('Long Grass College')
  })

  it('a program that is renamed has its new name everywhere', async () => {
    await write(town.house, 'programs', 'tall-grass-hit', aProgram({ name: 'Associate of Records', rank: 1 }))
    expect((await listing()).schools[0]?.programs[0]?.name).toBe('Associate of Records')
    expect((await ask(town)).schools[0]?.programName).toBe('Associate of Records')
  })

  it('a program that moves leaves its old career and state', async () => {
    await write(town.house, 'careers', 'registrar', aCareer({ title: 'Registrar' }))
    await write(town.house, 'programs', 'tall-grass-hit', aProgram({ careerSlugs: ['registrar'], states: ['OH'] }))
    expect([await listed(), await matched()]).toEqual([['bay-shore'], ['bay-shore']])
    expect(await listed('registrar')).toEqual(['tall-grass'])
    expect(await matched({ careerSlug: 'registrar', zip: '43004' })).toEqual(['tall-grass'])
    expect(await matched({ careerSlug: 'registrar' })).toEqual([])
  })

  it('a program that goes everywhere is found in every state, once', async () => {
    await write(town.house, 'programs', 'tall-grass-hit', aProgram({ states: undefined }))
    expect(await matched({ zip: '99501' })).toEqual(['tall-grass'])
    expect(await matched()).toEqual(['tall-grass', 'bay-shore'])
  })

  it('a campaign that is paused takes nothing more, and one that is removed neither', async () => {
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ status: 'paused' }))
    expect(await matched()).toEqual(['bay-shore'])
    await town.house.staff('DELETE', '/v1/ops/campaigns/bay-shore-tx')
    expect(await matched()).toEqual([])
  })

  it('a career that is retitled is so where others are related to it, and stands once among all', async () => {
    const relatedCareers = [{ slug: career, reason: 'It is near.' }]
    await write(town.house, 'careers', 'registrar', aCareer({ title: 'Registrar', relatedCareers }))
    await write(town.house, 'careers', career, aCareer({ title: 'Medical Records Specialist' }))
    expect((await town.house.call('GET', '/v1/careers/registrar')).text).toContain('Medical Records Specialist')
    expect((await town.house.call('GET', '/v1/careers')).body).toMatchObject({
      careers: [{ title: 'Medical Records Specialist' }, { title: 'Registrar' }],
    })
  })

  it('a campaign, its program and its school reach a lead at once', async () => {
    await write(town.house, 'schools', 'new', aSchool({ name: 'New School' }))
    await write(town.house, 'programs', 'new-hit', aProgram({ schoolId: 'new' }))
    await write(town.house, 'campaigns', 'new-tx', aCampaign({ schoolId: 'new', programIds: ['new-hit'], priority: 0 }))
    const { schools } = await enquire(town)
    expect(schools.map(({ schoolId }) => schoolId)).toEqual(['new', 'tall-grass', 'bay-shore'])
  })

  it('many programs written at once are all listed', async () => {
    const many = Array.from({ length: 12 }, (_, number) => `many-${number}`)
    await Promise.all(many.map((id) => write(town.house, 'programs', id, aProgram())))
    const programs = (await listing()).schools.flatMap((school) => school.programs.map(({ programId }) => programId))
    expect(programs).toEqual(expect.arrayContaining(many))
  })
})

async function listing(slug = career) {
  const { body } = await town.house.call('GET', `/v1/careers/${slug}/schools`)
  return listSchools.responses[200].body.parse(body)
}

async function listed(slug?: string) {
  return (await listing(slug)).schools.map(({ schoolId }) => schoolId)
}

async function matched(fields: { [field: string]: unknown } = {}) {
  return (await ask(town, fields)).schools.map(({ schoolId }) => schoolId)
}
