import type * as z from 'zod'
import type { leadFilter } from '#shared/contract/capture/lead-search.ts'
import type { leadRow } from '#shared/contract/operator.ts'

type Filter = z.output<typeof leadFilter>

/** Whether a lead is one of those that are asked for; what is not named may be anything. */
export function passes({ outcome, sourceId, careerSlug, state, test }: Filter) {
  return (lead: z.output<typeof leadRow>): boolean =>
    (outcome ?? lead.outcome) === lead.outcome &&
    (sourceId ?? lead.sourceId) === lead.sourceId &&
    (careerSlug ?? lead.careerSlug) === lead.careerSlug &&
    (state ?? lead.state) === lead.state &&
    (test ?? lead.test) === lead.test
}
