import * as z from 'zod'
import { enquiry } from '../capture/enquiry.ts'
import { source } from '../capture/source.ts'
import { type Candidate, candidate } from './candidate.ts'
import { type Circumstances, check, type Why } from './checks.ts'
import { type Choosing, type Chosen, choose, inOrder, nameEach } from './choose.ts'
import type { Decision, Verdict } from './decision.ts'
import { reasons } from './reasons.ts'
import { rule } from './rules.ts'

/** Raised whenever the same inputs may give another decision. */
export const rulesVersion = '2026-11-23'

export type Inputs = Circumstances & Choosing & { candidates: readonly Candidate[] }

/** Inputs as they are stored beside a decision, so that it can be taken again. */
export const storedInputs = z.object({
  enquiry,
  stage: z.enum(['match', 'lead']),
  sourceRules: rule.optional(),
  namedSchoolIds: z.array(z.string()),
  suppressed: z.boolean(),
  rejectedBy: z.array(z.string()),
  duplicateSchoolIds: z.array(z.string()),
  duplicateOfSource: z.boolean(),
  test: z.boolean(),
  counters: z.record(z.string(), z.record(z.string(), z.number())),
  method: source.shape.method,
  maxSales: z.number(),
  soldTo: z.number(),
  seed: z.string(),
  candidates: z.array(candidate),
})

/**
 * Decides which campaigns get a lead, and says of each candidate why or why not. Pure: the same inputs give the same
 * decision, whatever the order of the candidates.
 */
export function decide(inputs: Inputs): Decision {
  const judged = inputs.candidates.map((candidate) => ({ candidate, result: check(candidate, inputs) }))
  const willing = judged.flatMap(({ result }) => ('reason' in result ? [] : [result]))
  const refused = judged.flatMap(({ candidate, result }) => ('reason' in result ? [{ candidate, why: result }] : []))
  return {
    rulesVersion,
    decidedAt: inputs.enquiry.at,
    seed: inputs.seed,
    verdicts: [
      ...chooseWithFallback(willing, refused, inputs).map(verdictOfWilling),
      ...refused.map(verdictOfRefused).sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1)),
    ],
  }
}

type Refused = { candidate: Candidate; why: Why }

/**
 * A fallback campaign takes part where it stands in for one that is full, or where nobody else has the lead. A match
 * names it behind the others: who will be full or reject the lead is not known yet.
 */
function chooseWithFallback(willing: readonly Candidate[], refused: readonly Refused[], choosing: Choosing): Chosen[] {
  const standIns = standInsOf(refused)
  const inPlay = ({ campaign }: Candidate) => !campaign.fallback || standIns.has(campaign.id)
  const [playing, waiting] = [willing.filter(inPlay), willing.filter((candidate) => !inPlay(candidate))]
  if (choosing.stage === 'match')
    return nameEach([...inOrder(playing, choosing), ...inOrder(waiting, choosing)], choosing)
  const chosen = choose(playing, choosing)
  const taken = choosing.soldTo > 0 || chosen.some((one) => 'priceCents' in one)
  const behind = choose(waiting, choosing).map((one) => ({ ...one, rank: one.rank + chosen.length }))
  return [
    ...chosen,
    ...(taken ? behind.map(({ candidate, rank }) => ({ candidate, rank, reason: 'OUTRANKED' }) as const) : behind),
  ]
}

/** Who stands in for a full campaign that would be in play; for a full stand-in, whoever stands in for that one. */
function standInsOf(refused: readonly Refused[]): Set<string> {
  const named = (holds: (candidate: Candidate) => boolean) =>
    refused.flatMap(({ candidate, why }) => (why.standIn !== undefined && holds(candidate) ? [why.standIn] : []))
  const standIns = new Set(named(({ campaign }) => !campaign.fallback))
  for (const id of standIns) for (const next of named(({ campaign }) => campaign.id === id)) standIns.add(next)
  return standIns
}

function verdictOfWilling(chosen: Chosen): Verdict {
  const { candidate, rank } = chosen
  const common = { ...namesOf(candidate), rank, ...programOf(candidate) }
  if ('reason' in chosen) return { ...common, selected: false, reason: chosen.reason, detail: reasons[chosen.reason] }
  const { priceCents, exclusive } = chosen
  return { ...common, selected: true, priceCents, ...(exclusive && { exclusive }) }
}

function verdictOfRefused({ candidate, why: { standIn: _, ...why } }: { candidate: Candidate; why: Why }): Verdict {
  return { ...namesOf(candidate), selected: false, ...why }
}

function namesOf({ campaign, school }: Candidate) {
  return { campaignId: campaign.id, schoolId: school.id }
}

function programOf({ programs }: Candidate): { programId?: string } {
  const [first] = programs.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
  return first ? { programId: first.id } : {}
}
