import type { Consent } from '../capture/consent.ts'
import type { Contact } from '../capture/contact.ts'
import { type Enquiry, readerOf } from '../capture/enquiry.ts'
import type { Lead } from '../capture/lead.ts'
import type { Source } from '../capture/source.ts'
import { type Delivery, untried } from '../delivery/delivery.ts'
import type { LeadCreated } from '../delivery/lead-created.ts'
import { type Candidate, selectedOf } from './candidate.ts'
import { type Counters, isTallied, ownerOf, type Reservation, reservationsOf, tally, tallyOf } from './caps.ts'
import type { Decision } from './decision.ts'
import { type Guard, guardsOf, type PersonDigests } from './duplicates.ts'
import { deliverableAt } from './hours.ts'

/** One school's part of a lead: its delivery, what it will be sent, what it takes from counters, and its guards. */
export type Taken = { delivery: Delivery; event: LeadCreated; reservations: Reservation[]; guards: Guard[] }
type Given = {
  lead: Omit<Lead, 'outcome'> & { contact: Contact }
  enquiry: Enquiry
  consent: Consent
  source: Source & { id: string }
  person: PersonDigests
  candidates: readonly Candidate[]
  counters: Counters
  decision: Decision
  newDeliveryId: () => string
}

/** What follows from a decision, for each campaign that was selected. A test lead counts nowhere and costs nothing. */
export function takeLead(given: Given): Taken[] {
  const { lead, candidates, decision } = given
  return selectedOf(decision.verdicts, candidates).map(({ verdict: { priceCents = 0 }, candidate, program }) => {
    const delivery = deliveryOf(candidate, program.id, lead.test ? 0 : priceCents, given)
    const event = eventOf({ ...given, school: candidate.school, program, deliveryId: delivery.deliveryId })
    const counted = lead.test ? { reservations: [], guards: [] } : countedOf(candidate, priceCents, given)
    return { delivery, event, ...counted }
  })
}

function deliveryOf({ campaign, school }: Candidate, programId: string, priceCents: number, given: Given): Delivery {
  const { lead, enquiry, newDeliveryId } = given
  const dueAt = deliverableAt(campaign.hours, enquiry.at, school.timeZone)
  return {
    deliveryId: newDeliveryId(),
    leadId: lead.leadId,
    schoolId: school.id,
    schoolName: school.name,
    campaignId: campaign.id,
    programId,
    state: dueAt === enquiry.at ? 'pending' : 'parked',
    createdAt: enquiry.at,
    dueAt,
    ...untried,
    priceCents,
    test: lead.test,
    ...(lead.traceparent && { traceparent: lead.traceparent }),
  }
}

function countedOf({ campaign, school }: Candidate, priceCents: number, { enquiry, source, person, counters }: Given) {
  const reservations: Reservation[] = reservationsOf(
    { campaign, school },
    enquiry.at,
    priceCents,
    readerOf(enquiry),
  ).map(({ owner, counter, amount, limit }) => ({ owner, counter, amount, limit }))
  if (isTallied(source.method))
    reservations.push({
      owner: ownerOf('campaigns', campaign.id),
      counter: tally,
      amount: 1,
      // Strict turns: nobody may have moved on since we looked.
      limit: source.method === 'round-robin' ? tallyOf(campaign.id, counters) + 1 : Number.MAX_SAFE_INTEGER,
    })
  return { reservations, guards: guardsOf(school.duplicates, school.id, person) }
}

type EventParts = Pick<Given, 'lead' | 'enquiry' | 'consent' | 'source'> & {
  school: Candidate['school']
  program: Candidate['programs'][number]
  deliveryId: string
}

function eventOf({ lead, enquiry, consent, source, school, program, deliveryId }: EventParts): LeadCreated {
  const { version, sha256, text } = consent.disclosure
  return {
    type: 'lead.created',
    timestamp: enquiry.at,
    data: {
      leadId: lead.leadId,
      deliveryId,
      test: lead.test,
      school: { id: school.id, name: school.name },
      program: { id: program.id, name: program.name, level: program.level, modality: program.modality },
      contact: lead.contact,
      education: lead.education,
      ...(lead.startWindow && { startWindow: lead.startWindow }),
      answers: lead.answers ?? {},
      consent: {
        grantedAt: consent.grantedAt,
        version,
        sha256,
        text,
        ...(consent.certificateUrl && { certificateUrl: consent.certificateUrl }),
      },
      source: { id: source.id, name: source.name },
    },
  }
}
