import { reservationsOf } from '#shared/domain/caps.ts'
import type { Enquiry } from '#shared/domain/enquiry.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'

type Needs = Pick<Dependencies, 'routing'>

/** Who may want an enquiry, and what stands in the caps of those that have any. */
export async function findCandidates({ careerSlug, state, at }: Enquiry, { routing }: Needs) {
  const candidates = await routing.candidates(careerSlug, state)
  const reservations = candidates.flatMap(({ campaign, school }) =>
    campaign.status === 'active' ? reservationsOf(campaign, at, school.timeZone) : [],
  )
  return { candidates, counters: await routing.counters(reservations) }
}
