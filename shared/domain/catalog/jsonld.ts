import type { paginateListing } from './listing.ts'
import type { ProgramLength } from './program.ts'
import { programLevelNames } from './program-level-names.ts'
import type { toCareerPage } from './to-career-page.ts'

type CareerPage = Omit<ReturnType<typeof toCareerPage>, 'relatedCareers'>
type Fact = CareerPage['facts'][number]
type ListingPage = ReturnType<typeof paginateListing>
type ListedSchool = ListingPage['schools'][number]

/** Returns the schema.org `Occupation` of a career and the `ItemList` of one page of its listing. Expired facts are left out. */
export function jsonld(career: CareerPage, { schools, page }: ListingPage, at: string) {
  const wages = career.facts.filter((fact) => isAnnualWage(fact) && Date.parse(fact.expiresAt) > Date.parse(at))
  const places = [...new Set(wages.map(({ geography }) => geography))]
  return {
    '@context': 'https://schema.org' as const,
    '@graph': [
      {
        '@type': 'Occupation',
        name: career.title,
        description: career.summary,
        ...(career.aliases.length > 0 && { alternateName: career.aliases }),
        ...(career.soc.length > 0 && {
          occupationalCategory: career.soc.map((code) => ({
            '@type': 'CategoryCode',
            codeValue: code,
            inCodeSet: { '@type': 'CategoryCodeSet', name: 'Standard Occupational Classification' },
          })),
        }),
        ...(career.education && { educationRequirements: career.education }),
        ...(wages.length > 0 && {
          occupationLocation: places.map((name) =>
            name === 'United States' ? { '@type': 'Country', name } : { '@type': 'AdministrativeArea', name },
          ),
          estimatedSalary: groupWages(wages),
        }),
      },
      {
        '@type': 'ItemList',
        name: `Schools for ${career.title}`,
        description: 'Sponsored listing: the schools pay for leads.',
        numberOfItems: page.total,
        itemListElement: schools.map((school) => ({
          '@type': 'ListItem',
          position: school.position,
          item: describeSchool(school),
        })),
      },
    ],
  }
}

/** Percentiles of one release and place belong to one distribution; a mean is an amount of its own. */
function groupWages(wages: readonly Fact[]) {
  const percentiles = wages.filter((fact) => getPercentileName(fact) !== undefined)
  const distributions = Map.groupBy(percentiles, ({ geography, period, metric }) =>
    [geography, period, /\d\d-\d{4}$/.exec(metric)?.[0]].join('|'),
  )
  return [
    ...[...distributions.values()].map((group) => ({
      ...describeAmount(group),
      ...Object.fromEntries(group.map((fact) => [getPercentileName(fact), fact.value])),
    })),
    ...wages
      .filter((fact) => getPercentileName(fact) === undefined)
      .map((fact) => ({ ...describeAmount([fact]), value: fact.value })),
  ]
}

function describeAmount(facts: readonly Fact[]) {
  const [first] = facts
  const label = facts.find(({ statistic }) => statistic === 'median')?.label ?? first?.label
  return {
    '@type': 'MonetaryAmountDistribution',
    name: `${label} (${first?.period})`,
    currency: 'USD',
    duration: 'P1Y',
  }
}

function isAnnualWage({ metric, unit, value }: Fact): boolean {
  return unit === 'USD' && typeof value === 'number' && /annual-wage(-\d+th-percentile)?(-\d\d-\d{4})?$/.test(metric)
}

/** The property of schema.org for a fact of a distribution, such as `percentile10`. */
function getPercentileName({ statistic }: Fact): string | undefined {
  const [, rank] = /^(10|25|75|90)th percentile$/.exec(statistic) ?? []
  return statistic === 'median' ? 'median' : rank && `percentile${rank}`
}

function describeSchool({ name, place, logoUrl, programs }: ListedSchool) {
  const provider = { '@type': 'EducationalOrganization', name }
  return {
    ...provider,
    ...(place && { address: describeAddress(place) }),
    ...(logoUrl !== undefined && { logo: logoUrl }),
    hasOfferCatalog: {
      '@type': 'OfferCatalog',
      name: `Programs of ${name}`,
      itemListElement: programs.map((program) => ({
        '@type': 'EducationalOccupationalProgram',
        name: program.name,
        provider,
        educationalProgramMode: program.modality,
        educationalCredentialAwarded: programLevelNames[program.level],
        ...(program.length && { timeToComplete: toDuration(program.length) }),
        // Only a price of the whole program is its offer.
        ...(program.tuition?.per === 'program' && {
          offers: {
            '@type': 'Offer',
            category: 'Tuition',
            price: (program.tuition.cents / 100).toFixed(2),
            priceCurrency: 'USD',
          },
        }),
      })),
    },
  }
}

function describeAddress({ city, state }: NonNullable<ListedSchool['place']>) {
  return { '@type': 'PostalAddress', addressLocality: city, addressRegion: state, addressCountry: 'US' }
}

/** ISO 8601, such as `P18M`. */
function toDuration({ count, unit }: ProgramLength): string {
  return `P${count}${unit.charAt(0).toUpperCase()}`
}
