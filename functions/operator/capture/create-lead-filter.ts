import type * as z from 'zod'
import type { leadFilter } from '#shared/contract/capture/lead-search.ts'
import type { leadRow } from '#shared/contract/capture/leads.ts'

type LeadSearchFilter = z.output<typeof leadFilter>

/** Returns whether a lead matches each field of the filter that is set. */
export function createLeadFilter({ outcome, sourceId, careerSlug, state, test }: LeadSearchFilter) {
  return (lead: z.output<typeof leadRow>): boolean =>
    (outcome ?? lead.outcome) === lead.outcome &&
    (sourceId ?? lead.sourceId) === lead.sourceId &&
    (careerSlug ?? lead.careerSlug) === lead.careerSlug &&
    (state ?? lead.state) === lead.state &&
    (test ?? lead.test) === lead.test
}
