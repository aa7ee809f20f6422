import type { Place } from '../place.ts'
import type { Program, ProgramLength, Tuition } from '../program.ts'
import { programLevelNames } from '../program-level-names.ts'

type ShownProgram = Pick<Program, 'name' | 'level' | 'modality' | 'length' | 'description' | 'url'> &
  Partial<Pick<Program, 'prerequisites' | 'startDates'>> & {
    schoolName: string
    tuition?: Pick<Tuition, 'cents' | 'per'> | undefined
    schoolPlace?: Place | undefined
    school?: { url?: string | undefined; logoUrl?: string | undefined } | undefined
  }

/** Returns a program as schema.org's `EducationalOccupationalProgram`. `today`, such as `2026-11-30`: earlier start dates are left out. */
export function describeProgram(program: ShownProgram, today: string) {
  const { name, description, level, modality, length, tuition, url, prerequisites, startDates = [] } = program
  const { schoolName, schoolPlace, school = {} } = program
  const dates = startDates.filter((date) => date >= today).toSorted()
  return {
    '@type': 'EducationalOccupationalProgram' as const,
    name,
    ...(description !== undefined && { description }),
    ...(url !== undefined && { url }),
    provider: {
      '@type': 'EducationalOrganization' as const,
      name: schoolName,
      ...(school.url !== undefined && { url: school.url }),
      ...(school.logoUrl !== undefined && { logo: school.logoUrl }),
      ...(schoolPlace && { address: describeAddress(schoolPlace) }),
    },
    educationalProgramMode: modality,
    educationalCredentialAwarded: programLevelNames[level],
    ...(prerequisites !== undefined && { programPrerequisites: prerequisites }),
    ...(dates.length > 0 && { startDate: dates }),
    ...(length && { timeToComplete: toDuration(length) }),
    ...(tuition && { offers: describeTuition(tuition) }),
  }
}

/** A price of the whole program is its price; one of a year, term or credit says so. */
export function describeTuition({ cents, per }: Pick<Tuition, 'cents' | 'per'>) {
  const price = { price: (cents / 100).toFixed(2), priceCurrency: 'USD' }
  return {
    '@type': 'Offer' as const,
    category: 'Tuition',
    ...(per === 'program'
      ? price
      : { priceSpecification: { '@type': 'UnitPriceSpecification' as const, ...price, unitText: per.toUpperCase() } }),
  }
}

export function describeAddress({ city, state }: Place) {
  return { '@type': 'PostalAddress' as const, addressLocality: city, addressRegion: state, addressCountry: 'US' }
}

/** ISO 8601, such as `P18M`. */
export function toDuration({ count, unit }: ProgramLength): string {
  return `P${count}${unit.charAt(0).toUpperCase()}`
}
