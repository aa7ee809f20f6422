import { decide, type Question } from '#shared/domain/decide.ts'
import type { Decision } from '#shared/domain/decision.ts'

/** Ways to decide that each break one promise. */
type Decide = typeof decide

export const forgetsRefusals: Decide = (question) =>
  telling(decide(question), (verdicts) => verdicts.filter(({ rank }) => rank !== undefined))

export const keepsReasonsToItself: Decide = (question) =>
  telling(decide(question), (verdicts) => verdicts.map(({ reason: _, ...rest }) => rest))

export const firstComeFirstServed: Decide = (question) =>
  telling(decide(question), (verdicts) =>
    question.candidates.flatMap(({ campaign }) => verdicts.filter(({ campaignId }) => campaignId === campaign.id)),
  )

export const ignoresExclusive: Decide = (question) =>
  decide(withCampaigns(question, (campaign) => ({ ...campaign, sharing: 'shared' })))

export const sellsToAll: Decide = (question) => decide({ ...question, maxSales: 99 })

export const takesCampaignsForSchools: Decide = (question) => {
  const { namedSchoolIds: _, ...open } = question
  const candidates = question.candidates.map((one) => ({ ...one, school: { ...one.school, id: one.campaign.id } }))
  return decide({ ...open, candidates })
}

export const forgetsCounters: Decide = (question) => decide({ ...question, counters: {} })

export const forgetsConsent: Decide = ({ namedSchoolIds: _, ...question }) => decide(question)

export const wantsTwoTakers: Decide = (question) => {
  const made = decide(question)
  if (made.verdicts.filter(({ selected }) => selected).length > 1) return made
  return telling(made, (verdicts) => verdicts.map((one) => ({ ...one, selected: false })))
}

export const ranksByNothing: Decide = (question) => decide({ ...question, method: 'weight' })

export const seedsByCrowd: Decide = (question) =>
  decide({ ...question, seed: `${question.seed}${question.candidates.length}` })

export const rollsDice = (): Decide => {
  let rolled = 0
  return (question) => decide({ ...question, seed: `${rolled++}` })
}

export const ranksFromNought: Decide = (question) =>
  telling(decide(question), (verdicts) =>
    verdicts.map(({ rank, ...rest }) => (rank === undefined ? rest : { ...rest, rank: rank - 1 })),
  )

function telling(made: Decision, change: (verdicts: Decision['verdicts']) => Decision['verdicts']): Decision {
  return { ...made, verdicts: change(made.verdicts) }
}

type Campaign = Question['candidates'][number]['campaign']
function withCampaigns(question: Question, change: (campaign: Campaign) => Campaign): Question {
  const candidates = question.candidates.map((one) => ({ ...one, campaign: change(one.campaign) }))
  return { ...question, candidates }
}
