import { expect, it } from 'vitest'
import { maxPeoplePerHolder } from '#shared/domain/access/access-person.ts'
import { alphaSchool, deleteSchool, recreateSchool } from '#test/functions/binding/record-edits.ts'
import { createTestMarket } from '#test/functions/routing/create-test-market.ts'

it('gives a school that was created again room for as many people as any school', async () => {
  const { api, ...system } = await createTestMarket({ alpha: { school: alphaSchool } })
  const holder = { caller: 'school', schoolId: 'alpha' } as const
  const invite = (number: number) =>
    api.staff('POST', '/v1/ops/people', {
      body: { holder, email: `officer.${number}@alpha.example`, name: `Officer ${number}`, role: 'officer' },
    })
  const countPeople = async () => {
    let count = 0
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await api.staff('GET', `/v1/ops/people?schoolId=alpha&limit=100${cursor && `&cursor=${cursor}`}`)
      const {
        people,
        page: { nextCursor },
      } = Object(page.body)
      count += people.length
      cursor = nextCursor
    }
    return count
  }
  for (let number = 1; number <= maxPeoplePerHolder; number++) expect((await invite(number)).status).toBe(201)
  expect(await invite(maxPeoplePerHolder + 1)).toMatchObject({ status: 409, body: { code: 'TOO_MANY_PEOPLE' } })
  expect(await countPeople()).toBe(maxPeoplePerHolder)

  await deleteSchool({ api, ...system })
  await recreateSchool({ api, ...system }, alphaSchool)
  expect(await countPeople()).toBe(0)
  // Some with the email of an earlier person, and one without.
  for (const number of [1, 2, maxPeoplePerHolder + 1]) expect((await invite(number)).status).toBe(201)
  expect(await countPeople()).toBe(3)
})
