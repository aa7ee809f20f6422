import { describe, expect, it } from 'vitest'
import { jsonld } from '#shared/domain/catalog/jsonld.ts'
import { rankSchools } from '#shared/domain/catalog/listing.ts'
import { toCareerPage } from '#shared/domain/catalog/to-career-page.ts'
import { aCareer, aFact, aListedProgram } from '#test/builders/career.ts'

const today = '2026-11-23T00:00:00.000Z'

describe('the occupation', () => {
  it('has the title, summary and codes of the career', () => {
    expect(occupation({ soc: ['29-2072'], aliases: ['Records clerk'] })).toMatchObject({
      '@type': 'Occupation',
      name: 'Archivist',
      description: 'Keeps what others file.',
      alternateName: ['Records clerk'],
      occupationalCategory: [{ codeValue: '29-2072' }],
    })
  })

  it('omits fields that the career does not have', () => {
    expect(Object.keys(occupation({}))).toEqual(['@type', 'name', 'description'])
  })

  it('gives a median wage as an annual median with its period', () => {
    expect(occupation({ facts: [aFact({ value: 45_000, period: 'May 2025' })] })).toMatchObject({
      estimatedSalary: [
        { median: 45_000, currency: 'USD', duration: 'P1Y', name: expect.stringContaining('May 2025') },
      ],
    })
  })

  it('does not give a mean wage as a median', () => {
    const [salary] = salaries([aFact({ metric: 'mean-annual-wage', statistic: 'mean', value: 40_430 })])
    expect(salary).not.toHaveProperty('median')
    expect(salary).toMatchObject({ value: 40_430 })
  })

  it('omits expired facts', () => {
    expect(salaries([aFact({ expiresAt: '2026-11-22T23:59:59Z' })])).toEqual([])
    expect(salaries([aFact({ expiresAt: '2026-11-24T00:00:00Z' })])).toHaveLength(1)
  })

  it('does not treat growth, tuition or hourly wages as an annual salary', () => {
    const others = [
      aFact({ metric: 'projected-growth', unit: 'percent', value: 15 }),
      aFact({ metric: 'typical-tuition', label: 'Tuition', value: 9000 }),
      aFact({ metric: 'median-hourly-wage', label: 'Pay an hour', value: 21.6 }),
    ]
    expect(salaries(others)).toEqual([])
  })
})

describe('the list of schools', () => {
  const programs = ['Alder', 'Birch'].map((name) =>
    aListedProgram({ schoolId: name.toLowerCase(), schoolName: name, name: `Coding at ${name}`, modality: 'online' }),
  )
  const list = graph(aCareer(), programs)[1]

  it('lists the schools of the page in the same order, and says that they pay', () => {
    expect(list).toMatchObject({
      '@type': 'ItemList',
      description: expect.stringContaining('ponsored'),
      numberOfItems: 2,
      itemListElement: [
        { position: 1, item: { name: 'Alder' } },
        { position: 2, item: { name: 'Birch' } },
      ],
    })
  })

  it('has no undefined member', () => {
    expect(JSON.parse(JSON.stringify(list))).toEqual(list)
  })
})

function graph(career: ReturnType<typeof aCareer>, programs: Parameters<typeof rankSchools>[0] = []) {
  return jsonld(toCareerPage('archivist', career, { titles: {}, programs }), rankSchools(programs), today)['@graph']
}

function occupation(fields: Parameters<typeof aCareer>[0]): object {
  return graph(aCareer(fields))[0] ?? {}
}

function salaries(facts: ReturnType<typeof aFact>[]): unknown[] {
  const result = occupation({ facts })
  return 'estimatedSalary' in result && Array.isArray(result.estimatedSalary) ? result.estimatedSalary : []
}
