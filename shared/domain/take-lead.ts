import type { Candidate } from './candidate.ts'
import { type Reservation, reservationsOf } from './caps.ts'
import type { Consent } from './consent.ts'
import type { Contact } from './contact.ts'
import type { Decision } from './decision.ts'
import type { Delivery } from './delivery.ts'
import { deliverableAt } from './hours.ts'
import type { Lead } from './lead.ts'
import type { LeadCreated } from './lead-created.ts'
import type { Source } from './source.ts'

export type Taken = { delivery: Delivery; event: LeadCreated; reservations: Reservation[] }
type Given = {
  lead: Lead & { contact: Contact }
  consent: Consent
  source: Pick<Source, 'name'> & { id: string }
  candidates: readonly Candidate[]
  decision: Decision
  newDeliveryId: () => string
}

/** What follows from a decision: a delivery with its event for each campaign that was selected, and what it takes from caps. */
export function takeLead({ lead, consent, source, candidates, decision, newDeliveryId }: Given): Taken[] {
  return decision.verdicts.flatMap(({ selected, campaignId, programId }) => {
    const candidate = candidates.find(({ campaign }) => campaign.id === campaignId)
    const program = candidate?.programs.find(({ id }) => id === programId)
    if (!selected || !candidate || !program) return []
    const { campaign, school } = candidate
    const deliveryId = newDeliveryId()
    const delivery: Delivery = {
      deliveryId,
      leadId: lead.leadId,
      schoolId: school.id,
      schoolName: school.name,
      campaignId,
      programId: program.id,
      state: 'pending',
      createdAt: lead.receivedAt,
      dueAt: deliverableAt(campaign.hours, lead.receivedAt, school.timeZone),
      attempts: 0,
      // A test lead takes the same road, but is neither billed nor counted.
      priceCents: lead.test ? 0 : campaign.priceCents,
      test: lead.test,
    }
    const reservations = lead.test ? [] : reservationsOf(campaign, lead.receivedAt, school.timeZone)
    return [{ delivery, reservations, event: eventOf({ lead, consent, source, school, program, deliveryId }) }]
  })
}

type EventParts = Pick<Given, 'lead' | 'consent' | 'source'> & {
  school: Candidate['school']
  program: Candidate['programs'][number]
  deliveryId: string
}

function eventOf({ lead, consent, source, school, program, deliveryId }: EventParts): LeadCreated {
  const { version, sha256, text } = consent.disclosure
  return {
    type: 'lead.created',
    timestamp: lead.receivedAt,
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
