import type { Candidate } from './candidate.ts'
import { type DecisionInputs, decide } from './decide.ts'
import type { Decision, Verdict } from './decision.ts'
import { type PlannedDelivery, planDeliveries } from './plan-deliveries.ts'

/** What the same request would lead to now if its person had never been here. */
export type StrangerPlan = {
  decision: Decision
  /** What a public receipt shows. Those that the true plan does not have are never saved. */
  plannedDeliveries: PlannedDelivery[]
  /** The most deliveries that any person could get, so that the transactions of all people can be made equally large. */
  widestDeliveries: PlannedDelivery[]
}

/** The facts of a decision that depend on who the person is. */
const unknownPerson = {
  suppressed: false,
  suppressedByList: undefined,
  suppressedSchoolIds: [],
  rejectedBy: [],
  duplicateSchoolIds: [],
  duplicateOfSource: false,
} as const

/** Decides again as for a person who is not known: the state of the world counts, and what is stored of the person does not. */
export function planForStranger(
  inputs: DecisionInputs,
  planInput: Omit<Parameters<typeof planDeliveries>[0], 'decision'>,
): StrangerPlan {
  const decision = decide({ ...inputs, ...unknownPerson })
  const planVerdicts = (verdicts: Verdict[]) => planDeliveries({ ...planInput, decision: { ...decision, verdicts } })
  const eligibleVerdicts = decision.verdicts.filter(({ rank }) => rank !== undefined)
  const everyDelivery = planVerdicts(eligibleVerdicts.map((verdict) => withPrice(verdict, inputs.candidates)))
  return {
    decision,
    plannedDeliveries: planVerdicts(decision.verdicts),
    widestDeliveries: selectWidest(everyDelivery).slice(0, Math.max(0, inputs.maxSales - inputs.soldTo)),
  }
}

function withPrice(verdict: Verdict, candidates: readonly Candidate[]): Verdict {
  const { priceCents = 0 } = candidates.find(({ campaign }) => campaign.id === verdict.campaignId)?.campaign ?? {}
  return { ...verdict, selected: true, priceCents }
}

/** The delivery of each school that takes the most rows, those with the most rows first. */
function selectWidest(plannedDeliveries: readonly PlannedDelivery[]): PlannedDelivery[] {
  const bySchool = new Map<string, PlannedDelivery>()
  for (const planned of plannedDeliveries.toSorted((one, other) => countRows(other) - countRows(one))) {
    const { schoolId } = planned.delivery
    if (!bySchool.has(schoolId)) bySchool.set(schoolId, planned)
  }
  return [...bySchool.values()]
}

function countRows({ reservations, dedupeMarkers }: PlannedDelivery): number {
  return 1 + reservations.length + dedupeMarkers.length
}
