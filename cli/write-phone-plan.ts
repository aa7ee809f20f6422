import { writeFileSync } from 'node:fs'
import metadata from 'libphonenumber-js/min/metadata'

/** What `libphonenumber-js` knows of country code 1: 4 kB of 83. */
export function pickNorthAmericanPlan() {
  const { version, country_calling_codes, countries } = metadata
  const codes = country_calling_codes['1'] ?? []
  return {
    version,
    country_calling_codes: { 1: codes },
    nonGeographic: {},
    countries: Object.fromEntries(
      Object.entries(countries).filter(([country]) => codes.some((code) => code === country)),
    ),
  }
}

/** Writes the numbering plan that `shared/domain/fields/phone.ts` reads. */
if (import.meta.main)
  writeFileSync(
    new URL('../shared/domain/fields/north-american-plan.ts', import.meta.url),
    `import type { MetadataJson } from 'libphonenumber-js/core'

/** What libphonenumber-js knows of country code 1. Written by \`npm run phone-plan\`. */
export const northAmericanPlan: MetadataJson = ${JSON.stringify(pickNorthAmericanPlan())}
`,
  )
