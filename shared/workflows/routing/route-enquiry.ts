import { type Enquiry, readerOf } from '../../domain/capture/enquiry.ts'
import { ownerOf, reservationsOf, tally } from '../../domain/routing/caps.ts'
import type { Circumstances } from '../../domain/routing/checks.ts'
import type { Choosing } from '../../domain/routing/choose.ts'
import { decide, type Inputs } from '../../domain/routing/decide.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type Needs = Pick<Dependencies, 'routing'>
/** What the caller knows; candidates and counters are looked up. */
export type Known = Omit<Circumstances & Choosing, 'counters'>

/** Reads who may want an enquiry and what stands in their counters, and decides. */
export async function routeEnquiry(known: Known, { routing }: Needs) {
  const { enquiry, method, test } = known
  const candidates = await routing.candidates(enquiry.careerSlug, enquiry.state)
  const counters = test ? {} : await routing.counters(countersOf(candidates, enquiry, method))
  const inputs: Inputs = { ...known, candidates, counters }
  return { inputs, candidates, counters, decision: decide(inputs) }
}

function countersOf(candidates: Inputs['candidates'], enquiry: Enquiry, method: Choosing['method']) {
  const read = readerOf(enquiry)
  const tallied = method === 'weight' || method === 'round-robin'
  const wanted = candidates.flatMap(({ campaign, school }) =>
    campaign.status !== 'active'
      ? []
      : [
          ...reservationsOf({ campaign, school }, enquiry.at, campaign.priceCents, read),
          ...(tallied ? [{ owner: ownerOf('campaigns', campaign.id), counter: tally }] : []),
        ],
  )
  return [...new Map(wanted.map((one) => [`${one.owner} ${one.counter}`, one])).values()]
}
