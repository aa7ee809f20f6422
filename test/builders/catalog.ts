import type * as z from 'zod'
import { source } from '#shared/domain/capture/source.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import type { Candidate } from '#shared/domain/routing/candidate.ts'

type Overrides<Schema extends z.ZodType> = Partial<z.input<Schema>> & { id?: string }

/** Overrides for one candidate; its school and a program of that school are added. */
export type CandidateParts = {
  campaign?: Overrides<typeof campaign>
  school?: Overrides<typeof school>
  programs?: readonly Overrides<typeof program>[]
}

/** A campaign with the school and programs that it names, or with default ones. */
export function aCandidate({
  campaign: overrides = {},
  school: schoolOverrides,
  programs = [{}],
}: CandidateParts = {}): Candidate {
  const id = overrides.id ?? 'campaign'
  const schoolId = schoolOverrides?.id ?? overrides.schoolId ?? `school-of-${id}`
  const candidatePrograms = programs.map((one, at) => aProgram({ id: `program-${at + 1}-of-${id}`, schoolId, ...one }))
  return {
    campaign: aCampaign({ schoolId, programIds: candidatePrograms.map((one) => one.id), ...overrides, id }),
    school: aSchool({ ...schoolOverrides, id: schoolId }),
    programs: candidatePrograms,
  }
}

export function aCampaign({ id = 'campaign', ...overrides }: Overrides<typeof campaign> = {}): Candidate['campaign'] {
  const { endpoint, ...terms } = campaign.parse({
    schoolId: 'school',
    programIds: ['program'],
    priceCents: 4000,
    endpoint: { kind: 'webhook', url: 'https://school.example/leads' },
    ...overrides,
  })
  return { id, ...terms }
}

export function aSchool({ id = 'school', ...overrides }: Overrides<typeof school> = {}): Candidate['school'] {
  return { id, ...school.parse({ name: `School ${id}`, timeZone: 'America/Chicago', ...overrides }) }
}

export function aProgram({
  id = 'program',
  ...overrides
}: Overrides<typeof program> = {}): Candidate['programs'][number] {
  const defaults = {
    schoolId: 'school',
    name: `Program ${id}`,
    careerSlugs: ['health-record-technician'],
    level: 'associate',
    modality: 'online',
  } as const
  return { id, ...program.parse({ ...defaults, ...overrides }) }
}

export function aSource({ id = 'source', ...overrides }: Overrides<typeof source> = {}) {
  return { id, ...source.parse({ name: `Source ${id}`, mode: 'live', ...overrides }) }
}
