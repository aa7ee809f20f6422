import type * as z from 'zod'
import { career, fact } from '#shared/domain/catalog/career.ts'
import type { ListedProgram } from '#shared/domain/catalog/listing.ts'
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

/** A program as listings store it. The name of its school is derived from the ID unless overridden. */
export function aListedProgram(overrides: Partial<ListedProgram> = {}): ListedProgram {
  const { id, schoolId, name, level, modality, sponsored, rank } = aProgram({
    schoolId: overrides.schoolId ?? 'school',
  })
  const defaults = { programId: id, schoolId, name, level, modality, sponsored, rank }
  return { ...defaults, schoolName: `School ${schoolId}`, schoolStatus: 'active', ...overrides }
}
