import { describe, expect, it } from 'vitest'
import { paginateListing } from '#shared/domain/catalog/listing.ts'
import { jsonld } from '#shared/domain/catalog/pages/jsonld.ts'
import { toCareerPage } from '#shared/domain/catalog/pages/to-career-page.ts'
import { aCareer, aFact, aListedProgram, aListing, type OfferedProgram } from '#test/builders/career.ts'

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
    expect(salary).toMatchObject({ '@type': 'MonetaryAmount', value: { value: 40_430, unitText: 'YEAR' } })
  })

  it('is one for each place, with the median and percentiles of its release as one distribution', () => {
    const wage = (metric: string, statistic: string, value: number, geography = 'United States') =>
      aFact({ metric, statistic, value, geography })
    const facts = [
      wage('median-annual-wage', 'median', 50_250),
      wage('annual-wage-10th-percentile', '10th percentile', 35_780),
      wage('annual-wage-90th-percentile', '90th percentile', 80_950),
      wage('median-annual-wage', 'median', 48_000, 'Texas'),
    ]
    expect(graph(aCareer({ facts }))).toMatchObject([
      {
        '@type': 'Occupation',
        occupationLocation: [{ '@type': 'Country', name: 'United States' }],
        estimatedSalary: [{ median: 50_250, percentile10: 35_780, percentile90: 80_950 }],
      },
      {
        '@type': 'Occupation',
        occupationLocation: [{ '@type': 'State', name: 'Texas' }],
        estimatedSalary: [{ median: 48_000 }],
      },
      { '@type': 'ItemList' },
    ])
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

  it('describes place, provider, credential, length and price of what a school offers', () => {
    const place = { city: 'Austin', state: 'TX' as const }
    const program = aListedProgram({
      schoolName: 'Alder',
      schoolPlace: place,
      level: 'associate',
      length: { count: 2, unit: 'years' },
      tuition: { cents: 1_250_000, per: 'program' },
    })
    const { length: _, ...priced } = { ...program, programId: 'z', tuition: { cents: 30_000, per: 'credit' as const } }
    const [alder] = Object(graph(aCareer(), [program, priced])[1]).itemListElement
    expect(alder.item).toMatchObject({
      address: { addressLocality: 'Austin', addressRegion: 'TX', addressCountry: 'US' },
      hasOfferCatalog: {
        itemListElement: [
          {
            provider: { '@type': 'EducationalOrganization', name: 'Alder' },
            educationalCredentialAwarded: 'Associate degree',
            timeToComplete: 'P2Y',
            offers: { price: '12500.00', priceCurrency: 'USD' },
          },
          { offers: { priceSpecification: { price: '300.00', priceCurrency: 'USD', unitText: 'CREDIT' } } },
        ],
      },
    })
  })

  it('lists one page of the listing, and counts all', () => {
    const [, page] = graph(aCareer(), programs, 1)
    expect(page).toMatchObject({ numberOfItems: 2 })
    expect(Object(page).itemListElement).toHaveLength(1)
  })

  it('has no undefined member', () => {
    expect(JSON.parse(JSON.stringify(list))).toEqual(list)
  })
})

describe('every node', () => {
  it('has only properties that schema.org gives its type, and those that Google requires', () => {
    const place = { city: 'Austin', state: 'TX' as const }
    const wages = [
      aFact({ metric: 'median-annual-wage', statistic: 'median' }),
      aFact({ metric: 'mean-annual-wage', statistic: 'mean', geography: 'Texas' }),
      aFact({ metric: 'annual-wage-10th-percentile', statistic: '10th percentile', geography: 'Travis County' }),
    ]
    const programs = (['program', 'credit'] as const).map((per) =>
      aListedProgram({
        programId: per,
        schoolPlace: place,
        schoolLogoUrl: 'https://alder.example/logo.svg',
        length: { count: 2, unit: 'years' },
        tuition: { cents: 100, per },
      }),
    )
    const career = aCareer({ facts: wages, soc: ['29-2072'], aliases: ['Clerk'], education: 'A degree.' })
    const nodes = listNodes(graph(career, programs))
    expect(new Set(nodes.map((node) => node['@type']))).toEqual(new Set(Object.keys(vocabulary)))
    for (const node of nodes) expect(findVocabularyFault(node), JSON.stringify(node)).toBeUndefined()
  })

  it('detects: a mean as a value of a distribution, and an offer without a price', () => {
    const distribution = {
      '@type': 'MonetaryAmountDistribution',
      name: 'Pay',
      currency: 'USD',
      duration: 'P1Y',
      value: 1,
    }
    expect(findVocabularyFault(distribution)).toBe('value')
    expect(findVocabularyFault({ '@type': 'ListItem', position: 1 })).toBe('item')
  })
})

/** The properties of each type in schema.org 29 that we use, the required ones first, then a bar. */
const vocabulary: { [type: string]: string } = {
  Occupation:
    'name description | alternateName occupationalCategory educationRequirements occupationLocation estimatedSalary',
  CategoryCode: 'codeValue inCodeSet |',
  CategoryCodeSet: 'name |',
  Country: 'name |',
  State: 'name |',
  AdministrativeArea: 'name |',
  MonetaryAmountDistribution: 'name currency duration | median percentile10 percentile25 percentile75 percentile90',
  MonetaryAmount: 'name currency value |',
  QuantitativeValue: 'value unitText |',
  ItemList: 'name description numberOfItems itemListElement |',
  ListItem: 'position item |',
  EducationalOrganization: 'name | address logo hasOfferCatalog',
  PostalAddress: 'addressLocality addressRegion addressCountry |',
  OfferCatalog: 'name itemListElement |',
  EducationalOccupationalProgram:
    'name provider educationalProgramMode educationalCredentialAwarded | timeToComplete offers',
  Offer: 'category | price priceCurrency priceSpecification',
  UnitPriceSpecification: 'price priceCurrency unitText |',
}

/** The property that a node lacks or may not have; undefined if there is none. */
function findVocabularyFault(node: object): string | undefined {
  const { '@type': type, ...properties } = Object(node)
  const [required = [], optional = []] = (vocabulary[String(type)] ?? '@type |')
    .split('|')
    .map((names) => names.trim().split(' '))
  const names = Object.keys(properties)
  return (
    required.find((name) => !names.includes(name)) ?? names.find((name) => ![...required, ...optional].includes(name))
  )
}

function listNodes(value: unknown): { [name: string]: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(listNodes)
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(listNodes)
  return '@type' in value ? [Object(value), ...inner] : inner
}

function graph(career: ReturnType<typeof aCareer>, programs: OfferedProgram[] = [], pageSize = 10) {
  const page = paginateListing(aListing(programs), { page: 1, pageSize })
  return jsonld(toCareerPage('archivist', career, { titles: {}, levels: {} }), page, today)['@graph']
}

function occupation(fields: Parameters<typeof aCareer>[0]): object {
  return graph(aCareer(fields))[0] ?? {}
}

function salaries(facts: ReturnType<typeof aFact>[]): unknown[] {
  const result = occupation({ facts })
  return 'estimatedSalary' in result && Array.isArray(result.estimatedSalary) ? result.estimatedSalary : []
}
