import { type DecisionInputs, decide } from '#shared/domain/routing/decide.ts'
import type { Decision } from '#shared/domain/routing/decision.ts'

type Decide = typeof decide

export const omitsRefusals: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) => verdicts.filter(({ rank }) => rank !== undefined))

export const omitsReasons: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) => verdicts.map(({ reason: _, ...rest }) => rest))

export const keepsInputOrder: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) =>
    inputs.candidates.flatMap(({ campaign }) => verdicts.filter(({ campaignId }) => campaignId === campaign.id)),
  )

export const ignoresExclusive: Decide = (inputs) =>
  decide(withCampaigns(inputs, (campaign) => ({ ...campaign, sharing: 'shared' })))

export const sellsToAll: Decide = (inputs) => decide({ ...inputs, maxSales: 99 })

export const sharesWithAll: Decide = (inputs) =>
  decide(withCampaigns(inputs, ({ shareWith: _, ...campaign }) => campaign))

export const ignoresFallback: Decide = (inputs) =>
  decide(withCampaigns(inputs, (campaign) => ({ ...campaign, fallback: false })))

export const sellsAtOnePrice: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) =>
    verdicts.map((one) => (one.selected ? { ...one, priceCents: 2500 } : one)),
  )

export const parksForever: Decide = (inputs) =>
  changeVerdicts(decide(inputs), (verdicts) => verdicts.map(({ until: _, ...one }) => one))

export const ignoresDuplicates: Decide = ({ sourceRules: _, ...inputs }) =>
  decide({ ...inputs, duplicateOfSource: false, duplicateSchoolIds: [], rejectedBy: [] })

export const sellsTwiceToSchool: Decide = (inputs) => {
  const { namedSchoolIds: _, ...open } = inputs
  const candidates = inputs.candidates.map((one) => ({ ...one, school: { ...one.school, id: one.campaign.id } }))
  return decide({ ...open, candidates })
}

export const ignoresCounters: Decide = (inputs) => decide({ ...inputs, counters: {} })

export const ignoresConsent: Decide = ({ namedSchoolIds: _, ...inputs }) => decide(inputs)

export const requiresTwoBuyers: Decide = (inputs) => {
  const decision = decide(inputs)
  if (decision.verdicts.filter(({ selected }) => selected).length > 1) return decision
  return changeVerdicts(decision, (verdicts) => verdicts.map((one) => ({ ...one, selected: false })))
}

export const ignoresMethod: Decide = (inputs) => decide({ ...inputs, method: 'priority' })

export const seedsByCandidateCount: Decide = (inputs) =>
  decide({ ...inputs, seed: `${inputs.seed}${inputs.candidates.length}` })

export const decidesRandomly = (): Decide => {
  let callCount = 0
  return (inputs) => decide({ ...inputs, seed: `${callCount++}` })
}

export const ranksFromZero: Decide = (inputs) =>
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
