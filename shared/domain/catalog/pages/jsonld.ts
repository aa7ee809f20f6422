import { normalizeState } from '../../fields/state-names.ts'
import { state } from '../../vocabulary.ts'
import type { paginateListing } from '../listing.ts'
import { programLevelNames } from '../program-level-names.ts'
import { describeAddress, describeTuition, toDuration } from './program-jsonld.ts'
import type { toCareerPage } from './to-career-page.ts'

type CareerPage = Omit<ReturnType<typeof toCareerPage>, 'relatedCareers' | 'degreeOptions' | 'attributions'>
type Fact = CareerPage['facts'][number]
type ListingPage = ReturnType<typeof paginateListing>
type ListedSchool = ListingPage['schools'][number]

/**
 * Returns what a page of a career shows as schema.org data: an `Occupation` for each place whose annual wages it shows, because
 * search engines read the salary of an occupation as that of its `occupationLocation`, and the `ItemList` of the listed schools.
 * Figures that are out of date, and wages of which the source tells only a limit, are left out.
 */
export function jsonld(career: CareerPage, { schools, page }: ListingPage, at: string) {
  const wages = career.facts.filter((fact) => isAnnualWage(fact) && Date.parse(fact.expiresAt) > Date.parse(at))
  const places = Map.groupBy(wages, ({ geography }) => geography)
  const occupation = describeOccupation(career)
  return {
    '@context': 'https://schema.org' as const,
    '@graph': [
      ...(places.size === 0 ? [occupation] : []),
      ...[...places].map(([name, placeWages]) => ({
        ...occupation,
        occupationLocation: [describePlace(name)],
        estimatedSalary: groupWages(placeWages),
      })),
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

function describeOccupation({ title, summary, aliases, soc, education }: CareerPage) {
  return {
    '@type': 'Occupation',
    name: title,
    description: summary,
    ...(aliases.length > 0 && { alternateName: aliases }),
    ...(soc.length > 0 && {
      occupationalCategory: soc.map((code) => ({
        '@type': 'CategoryCode',
        codeValue: code,
        inCodeSet: { '@type': 'CategoryCodeSet', name: 'Standard Occupational Classification' },
      })),
    }),
    ...(education && { educationRequirements: education }),
  }
}

function describePlace(name: string) {
  if (name === 'United States') return { '@type': 'Country', name }
  const { success } = state.safeParse(normalizeState(name))
  return { '@type': success ? 'State' : 'AdministrativeArea', name }
}

/** Percentiles of one release belong to one distribution; a mean is an amount of its own, because a distribution has no mean. */
function groupWages(wages: readonly Fact[]) {
  const percentiles = wages.filter((fact) => getPercentileName(fact) !== undefined)
  const distributions = Map.groupBy(percentiles, ({ period, metric }) =>
    [period, /\d\d-\d{4}$/.exec(metric)?.[0]].join('|'),
  )
  return [
    ...[...distributions.values()].map((group) => ({
      '@type': 'MonetaryAmountDistribution',
      name: describeRelease(group.find(({ statistic }) => statistic === 'median') ?? group[0]),
      currency: 'USD',
      duration: 'P1Y',
      ...Object.fromEntries(group.map((fact) => [getPercentileName(fact), fact.value])),
    })),
    ...wages
      .filter((fact) => getPercentileName(fact) === undefined)
      .map((fact) => ({
        '@type': 'MonetaryAmount',
        name: describeRelease(fact),
        currency: 'USD',
        value: { '@type': 'QuantitativeValue', value: fact.value, unitText: 'YEAR' },
      })),
  ]
}

function describeRelease(fact: Fact | undefined): string {
  return `${fact?.label} (${fact?.period})`
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
        ...(program.tuition && { offers: describeTuition(program.tuition) }),
      })),
    },
  }
}
