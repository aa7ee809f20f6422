import { type DecisionInputs, decide } from '#shared/domain/routing/decide.ts'
import type { Decision } from '#shared/domain/routing/decision.ts'

/** Ways to decide that each break one promise. */
type Decide = typeof decide

export const forgetsRefusals: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) => verdicts.filter(({ rank }) => rank !== undefined))

export const keepsReasonsToItself: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) => verdicts.map(({ reason: _, ...rest }) => rest))

export const firstComeFirstServed: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) =>
    inputs.candidates.flatMap(({ campaign }) => verdicts.filter(({ campaignId }) => campaignId === campaign.id)),
  )

export const ignoresExclusive: Decide = (inputs) =>
  decide(withCampaigns(inputs, (campaign) => ({ ...campaign, sharing: 'shared' })))

export const sellsToAll: Decide = (inputs) => decide({ ...inputs, maxSales: 99 })

export const sharesWithAll: Decide = (inputs) =>
  decide(withCampaigns(inputs, ({ shareWith: _, ...campaign }) => campaign))

export const forgetsWhoIsLast: Decide = (inputs) =>
  decide(withCampaigns(inputs, (campaign) => ({ ...campaign, fallback: false })))

export const sellsAtOnePrice: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) =>
    verdicts.map((one) => (one.selected ? { ...one, priceCents: 2500 } : one)),
  )

export const parksForever: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) => verdicts.map(({ until: _, ...one }) => one))

export const forgetsThePast: Decide = ({ sourceRules: _, ...inputs }) =>
  decide({ ...inputs, duplicateOfSource: false, duplicateSchoolIds: [], rejectedBy: [] })

export const takesCampaignsForSchools: Decide = (inputs) => {
  const { namedSchoolIds: _, ...open } = inputs
  const candidates = inputs.candidates.map((one) => ({ ...one, school: { ...one.school, id: one.campaign.id } }))
  return decide({ ...open, candidates })
}

export const forgetsCounters: Decide = (inputs) => decide({ ...inputs, counters: {} })

export const forgetsConsent: Decide = ({ namedSchoolIds: _, ...inputs }) => decide(inputs)

export const wantsTwoTakers: Decide = (inputs) => {
  const decision = decide(inputs)
  if (decision.verdicts.filter(({ selected }) => selected).length > 1) return decision
  return changeVerdicts(decision, (verdicts) => verdicts.map((one) => ({ ...one, selected: false })))
}

export const ranksByNothing: Decide = (inputs) => decide({ ...inputs, method: 'priority' })

export const seedsByCrowd: Decide = (inputs) => decide({ ...inputs, seed: `${inputs.seed}${inputs.candidates.length}` })

export const rollsDice = (): Decide => {
  let callCount = 0
  return (inputs) => decide({ ...inputs, seed: `${callCount++}` })
}

export const ranksFromNought: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) =>
    verdicts.map(({ rank, ...rest }) => (rank === undefined ? rest : { ...rest, rank: rank - 1 })),
  )

function changeVerdicts(
  decision: Decision,
  change: (verdicts: Decision['verdicts']) => Decision['verdicts'],
): Decision {
  return { ...decision, verdicts: change(decision.verdicts) }
}

type Campaign = DecisionInputs['candidates'][number]['campaign']
function withCampaigns(inputs: DecisionInputs, change: (campaign: Campaign) => Campaign): DecisionInputs {
  const candidates = inputs.candidates.map((one) => ({ ...one, campaign: change(one.campaign) }))
  return { ...inputs, candidates }
}
