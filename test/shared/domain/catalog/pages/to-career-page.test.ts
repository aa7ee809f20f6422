import { expect, it } from 'vitest'
import { toCareerPage } from '#shared/domain/catalog/pages/to-career-page.ts'
import { aCareer, aFact } from '#test/builders/career.ts'

const nothing = { titles: {}, levels: {} }

it('gives related careers their titles, and omits those that do not exist', () => {
  const relatedCareers = ['coder', 'gone', 'constructor'].map((slug) => ({ slug, reason: 'It is close.' }))
  expect(
    toCareerPage('archivist', aCareer({ relatedCareers }), { ...nothing, titles: { coder: 'Medical Coder' } }),
  ).toMatchObject({
    slug: 'archivist',
    relatedCareers: [{ slug: 'coder', title: 'Medical Coder', reason: 'It is close.' }],
  })
})

it('counts the programs of each degree', () => {
  const degreeOptions = (['certificate', 'associate', 'doctorate'] as const).map((level) => ({ level, label: level }))
  const { degreeOptions: degreeCounts } = toCareerPage('archivist', aCareer({ degreeOptions }), {
    ...nothing,
    levels: { associate: 2, certificate: 1 },
  })

  expect(degreeCounts.map(({ programCount }) => programCount)).toEqual([1, 2, 0])
})

it('credits each source once', () => {
  const bureau = { name: 'Bureau of Examples', url: 'https://bureau.example/' }
  const facts = [aFact({ source: bureau }), aFact({ source: { name: 'A survey' } }), aFact({ source: bureau })]

  expect(toCareerPage('archivist', aCareer({ facts }), nothing).attributions).toEqual([bureau, { name: 'A survey' }])
})

it('lists license credits after the sources of the facts', () => {
  const credit = { name: 'Used under the CC BY 4.0 license.', url: 'https://database.example/' }
  const career = aCareer({ facts: [aFact({ source: { name: 'A survey' } })], attributions: [credit] })

  expect(toCareerPage('archivist', career, nothing).attributions).toEqual([{ name: 'A survey' }, credit])
})

it('includes every fact with its period, source and expiry', () => {
  const facts = [aFact(), aFact({ metric: 'growth', value: 'faster than average' })]
  expect(toCareerPage('archivist', aCareer({ facts }), nothing).facts).toEqual(facts)
})
