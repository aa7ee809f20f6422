import type { ListedSchool } from './listing.ts'
import type { toCareerPage } from './to-career-page.ts'

type CareerPage = ReturnType<typeof toCareerPage>

/** Returns the schema.org `Occupation` and `ItemList` of a career page. Expired facts are left out. */
export function jsonld(career: CareerPage, ranked: readonly ListedSchool[], at: string) {
  const wages = career.facts.filter(
    ({ metric, unit, expiresAt }) =>
      unit === 'USD' && /annual-wage$/.test(metric) && Date.parse(expiresAt) > Date.parse(at),
  )
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
          estimatedSalary: wages.map(({ label, value, statistic, period }) => ({
            '@type': 'MonetaryAmountDistribution',
            name: `${label} (${period})`,
            currency: 'USD',
            duration: 'P1Y',
            [statistic === 'median' ? 'median' : 'value']: value,
          })),
        }),
      },
      {
        '@type': 'ItemList',
        name: `Schools for ${career.title}`,
        description: 'Sponsored listing: the schools pay for leads.',
        numberOfItems: ranked.length,
        itemListElement: ranked.map(({ name, programs }, index) => ({
          '@type': 'ListItem',
          position: index + 1,
          item: {
            '@type': 'EducationalOrganization',
            name,
            hasOfferCatalog: {
              '@type': 'OfferCatalog',
              itemListElement: programs.map((program) => ({
                '@type': 'EducationalOccupationalProgram',
                name: program.name,
                educationalProgramMode: program.modality,
              })),
            },
          },
        })),
      },
    ],
  }
}
