import type * as z from 'zod'
import { source } from '#shared/domain/capture/source.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import type { Candidate } from '#shared/domain/routing/candidate.ts'

type With<Schema extends z.ZodType> = Partial<z.input<Schema>> & { id?: string }

/** What one candidate is about; a school, and a program of that school, come with it. */
export type CandidateParts = {
  campaign?: With<typeof campaign>
  school?: With<typeof school>
  programs?: readonly With<typeof program>[]
}

/** A campaign whose programs and school are those that the campaign names, or plain ones made for it. */
export function aCandidate({
  campaign: given = {},
  school: schoolGiven,
  programs = [{}],
}: CandidateParts = {}): Candidate {
  const id = given.id ?? 'campaign'
  const schoolId = schoolGiven?.id ?? given.schoolId ?? `school-of-${id}`
  const offered = programs.map((one, at) => aProgram({ id: `program-${at + 1}-of-${id}`, schoolId, ...one }))
  return {
    campaign: aCampaign({ schoolId, programIds: offered.map((one) => one.id), ...given, id }),
    school: aSchool({ ...schoolGiven, id: schoolId }),
    programs: offered,
  }
}

export function aCampaign({ id = 'campaign', ...given }: With<typeof campaign> = {}): Candidate['campaign'] {
  const { endpoint, ...terms } = campaign.parse({
    schoolId: 'school',
    programIds: ['program'],
    priceCents: 4000,
    endpoint: { kind: 'webhook', url: 'https://school.example/leads' },
    ...given,
  })
  return { id, ...terms }
}

export function aSchool({ id = 'school', ...given }: With<typeof school> = {}): Candidate['school'] {
  return { id, ...school.parse({ name: `School ${id}`, timeZone: 'America/Chicago', ...given }) }
}

export function aProgram({ id = 'program', ...given }: With<typeof program> = {}): Candidate['programs'][number] {
  const plain = {
    schoolId: 'school',
    name: `Program ${id}`,
    careerSlugs: ['health-record-technician'],
    level: 'associate',
    modality: 'online',
  } as const
  return { id, ...program.parse({ ...plain, ...given }) }
}

export function aSource({ id = 'source', ...given }: With<typeof source> = {}) {
  return { id, ...source.parse({ name: `Source ${id}`, mode: 'live', ...given }) }
}
