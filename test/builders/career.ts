import type * as z from 'zod'
import { career } from '#shared/domain/catalog/career.ts'
import { fact } from '#shared/domain/catalog/fact.ts'
import {
  buildListedSchool,
  type ListedProgram,
  type ListedSchool,
  type ListingSchool,
  rankSchools,
} from '#shared/domain/catalog/listing.ts'
import { aProgram } from './catalog.ts'

export function aCareer(overrides: Partial<z.input<typeof career>> = {}) {
  return career.parse({ title: 'Archivist', summary: 'Keeps what others file.', facts: [], sections: [], ...overrides })
}

export function aFact(overrides: Partial<z.input<typeof fact>> = {}) {
  return fact.parse({
    metric: 'median-annual-wage',
    label: 'Median pay',
    value: 45_000,
    unit: 'USD',
    statistic: 'median',
    period: 'May 2025',
    source: { name: 'Bureau of Examples' },
    asOf: '2026-04-01T00:00:00Z',
    expiresAt: '2027-04-01T00:00:00Z',
    ...overrides,
  })
}

/** A program of a listing with its school, whose name is derived from its ID unless overridden. */
export type OfferedProgram = ListedProgram & {
  schoolId: string
  schoolName: string
  schoolPlace?: ListingSchool['place']
  schoolLogoUrl?: ListingSchool['logoUrl']
  schoolStatus: ListingSchool['status']
}

export function aListedProgram(overrides: Partial<OfferedProgram> = {}): OfferedProgram {
  const { id, schoolId, name, level, modality, sponsored, rank } = aProgram({
    schoolId: overrides.schoolId ?? 'school',
  })
  const defaults = { programId: id, schoolId, name, level, modality, sponsored, rank }
  return { ...defaults, schoolName: `School ${schoolId}`, schoolStatus: 'active', ...overrides }
}

/** The listing of these programs: each school as its first program says. */
export function aListing(programs: readonly OfferedProgram[]): ListedSchool[] {
  const schools = Map.groupBy(programs, ({ schoolId }) => schoolId)
  return rankSchools(
    [...schools].flatMap(([schoolId, [first, ...others]]) => {
      if (!first) return []
      const { schoolName: name, schoolPlace: place, schoolLogoUrl: logoUrl, schoolStatus: status } = first
      return (
        buildListedSchool(schoolId, { name, place, logoUrl, status }, [first, ...others].map(toListedProgram)) ?? []
      )
    }),
  )
}

function toListedProgram({
  schoolId: _id,
  schoolName: _name,
  schoolPlace: _place,
  schoolLogoUrl: _logoUrl,
  schoolStatus: _status,
  ...program
}: OfferedProgram): ListedProgram {
  return program
}
