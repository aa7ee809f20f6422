import * as z from 'zod'
import { generation } from '../catalog/generation.ts'
import { routedProgram } from '../catalog/program.ts'
import { routedSchool } from '../catalog/school.ts'
import { campaign } from './campaign.ts'

/** A campaign that could get the leads of one career in one state, with its school and its programs there. */
export const candidate = z.object({
  campaign: z
    .object(campaign.omit({ endpoint: true, testEndpoint: true }).shape)
    .extend({ id: z.string(), generation, hasTestEndpoint: z.boolean().optional() }),
  school: routedSchool.extend({ id: z.string(), generation }),
  programs: z.array(routedProgram.extend({ id: z.string(), generation })),
  /** Which record of its ID the career is. */
  careerGeneration: generation,
})
export type Candidate = z.output<typeof candidate>

/** The state key of programs that are offered in every state. */
export const everywhere = '*'

/** Returns each career and state of a campaign's programs, with the programs that are offered there. */
export function careerStatePairs({ programs }: Pick<Candidate, 'programs'>) {
  const pairs = new Map<string, { careerSlug: string; state: string; programs: Candidate['programs'] }>()
  for (const program of programs)
    for (const careerSlug of new Set(program.careerSlugs))
      for (const state of new Set<string>(program.states ?? [everywhere])) {
        const pair = pairs.get(`${careerSlug}#${state}`) ?? { careerSlug, state, programs: [] }
        pair.programs.push(program)
        pairs.set(`${careerSlug}#${state}`, pair)
      }
  return [...pairs.values()]
}

/** Merges the candidates of a state and of all states: one candidate for each campaign, with the programs of both. */
export function mergeCandidates(...lists: readonly Candidate[][]): Candidate[] {
  const merged = new Map<string, Candidate>()
  for (const candidate of lists.flat()) {
    const other = merged.get(candidate.campaign.id)
    const programs = [...(other?.programs ?? []), ...candidate.programs]
    merged.set(candidate.campaign.id, { ...candidate, programs })
  }
  return [...merged.values()]
}

type Selection = { selected: boolean; campaignId: string; programId?: string | undefined }

/** Returns the candidates that the verdicts selected, in the order of the verdicts, each with the selected program. */
export function findSelectedCandidates<Verdict extends Selection>(
  verdicts: readonly Verdict[],
  candidates: readonly Candidate[],
) {
  // Thousands may have been refused.
  const selected = verdicts.filter((verdict) => verdict.selected)
  return selected.flatMap((verdict) => {
    const candidate = candidates.find(({ campaign }) => campaign.id === verdict.campaignId)
    const program = candidate?.programs.find(({ id }) => id === verdict.programId)
    return candidate && program ? [{ verdict, candidate, program }] : []
  })
}
