import type { Consent } from '../../domain/capture/consent.ts'
import type { Contact } from '../../domain/capture/contact.ts'
import type { Lead } from '../../domain/capture/lead.ts'
import type { Source } from '../../domain/capture/source.ts'
import { type PersonDigests, scopeOfSource } from '../../domain/routing/duplicates.ts'
import { nextOfferAt } from '../../domain/routing/offer.ts'
import { type Taken, takeLead } from '../../domain/routing/take-lead.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { Decided, Saved } from '../../store/capture/leads.ts'
import { type Known, routeEnquiry } from './route-enquiry.ts'

type Needs = Pick<Dependencies, 'routing' | 'newId'>
export type Placing = {
  known: Known & { namedSchoolIds: readonly string[] }
  lead: Omit<Lead, 'outcome'> & { contact: Contact }
  consent: Consent
  source: Source & { id: string }
  person: PersonDigests
  /** Schools that have the lead already. */
  takers: number
}
export type Placed = Decided & { taken: readonly Taken[] }

// Each turn leaves out a school or finds a counter further on; only a lead that everybody fights for needs many.
const mostTurns = 50

/**
 * Decides and saves in one go. Who loses a race for a cap, or has the person already, is left out and the decision
 * taken again. `save` writes all of it or nothing.
 */
export async function placeLead<Kept>(
  { known, lead, consent, source, person, takers }: Placing,
  save: (placed: Placed) => Promise<{ kept: Kept } | Exclude<Saved, 'saved'>>,
  needs: Needs,
): Promise<{ kept: Kept; taken: readonly Taken[] } | 'standing' | 'busy'> {
  const lost: string[] = []
  let { maxSales } = known
  for (let turn = 0; turn < mostTurns; turn++) {
    const duplicateSchoolIds = [...known.duplicateSchoolIds, ...lost]
    const duplicateOfSource = known.duplicateOfSource || lost.includes(scopeOfSource(source.id))
    const routed = await routeEnquiry({ ...known, maxSales, duplicateSchoolIds, duplicateOfSource }, needs)
    const { decision, inputs } = routed
    const newDeliveryId = () => needs.newId('delivery')
    const taken = takeLead({ ...routed, lead, enquiry: known.enquiry, consent, source, person, newDeliveryId })
    const offered = {
      decision,
      receivedAt: lead.receivedAt,
      takers: takers + taken.length,
      // Who has it alone keeps it alone: whoever is parked waits in vain.
      maxSales: decision.verdicts.some(({ exclusive }) => exclusive) ? 0 : known.maxSales,
      named: known.namedSchoolIds.length,
    }
    const saved = await save({
      decision,
      inputs,
      taken,
      takers: taken.map(({ event, ...taker }) => ({ ...taker, body: JSON.stringify(event) })),
      offerAt: lead.test ? undefined : nextOfferAt(offered),
    })
    if (saved === 'standing' || saved === 'busy') return saved
    if (saved === 'too-many') maxSales = takers + taken.length - 1
    else if ('kept' in saved) return { kept: saved.kept, taken }
    else lost.push(...saved.lost)
  }
  return 'busy'
}
