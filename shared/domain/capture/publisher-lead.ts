import * as z from 'zod'
import { type LeadReturn, returnReason } from '../aftercare/lead-return.ts'
import { maskLabels, maskUrl } from '../aftercare/mask.ts'
import type { Delivery } from '../delivery/delivery.ts'
import { idSchema } from '../ids.ts'
import { type Decision, type Verdict, verdict } from '../routing/decision.ts'
import { instant } from '../vocabulary.ts'
import { type ErasedLead, type Lead, lead } from './lead.ts'
import { decideLeadAccess } from './lead-access.ts'

/** `quarantined`: held for review by staff. `rejected`: staff rejected it in that review, so no school gets it. */
export const publisherOutcome = z
  .enum(['accepted', 'unmatched', 'duplicate', 'quarantined', 'rejected'])
  .meta({ id: 'PublisherOutcome' })
export type PublisherOutcome = z.output<typeof publisherOutcome>

/**
 * `waiting`: not at the school yet. `delivered`: the school has it. `returned`: the school had it and got its money back.
 * `ended`: the school rejected it, or it could not be delivered.
 */
export const publisherDeliveryState = z
  .enum(['waiting', 'delivered', 'returned', 'ended'])
  .meta({ id: 'PublisherDeliveryState' })
export type PublisherDeliveryState = z.output<typeof publisherDeliveryState>

/** A lead as its source may read it: what became of it, and the labels that the source gave it. No contact details. */
export const publisherLead = z
  .strictObject({
    ...lead.pick({ receivedAt: true, careerSlug: true, programId: true, test: true, withdrawnAt: true }).shape,
    leadId: idSchema('lead'),
    outcome: publisherOutcome,
    subIds: lead.shape.subIds.meta({ description: 'Your own labels. Absent after the person was erased.' }),
    page: z
      .strictObject({ url: z.string() })
      .optional()
      .meta({ description: 'The page of the request, without the query of its address.' }),
    erasedAt: instant.optional().meta({ description: 'When the personal data of the lead was deleted.' }),
    offerAt: instant.optional().meta({ description: 'When it is offered to schools again; absent if it is not.' }),
    verdicts: z
      .array(verdict.pick({ schoolId: true, programId: true, selected: true, until: true, reason: true, also: true }))
      .meta({ description: 'The latest verdict of each campaign; `reason` says why a school did not get the lead.' }),
    deliveries: z.array(
      z.strictObject({
        deliveryId: idSchema('delivery'),
        schoolId: z.string(),
        schoolName: z.string(),
        state: publisherDeliveryState,
        deliveredAt: instant.optional(),
        returnedAt: instant.optional(),
        payoutCents: z.int().optional().meta({
          description: 'What it earns you, once it is earned; absent if it earns nothing, and after a return.',
        }),
        returnReason: returnReason.optional().meta({ description: 'Why the school got its money back.' }),
      }),
    ),
  })
  .meta({ id: 'PublisherLead' })
export type PublisherLead = z.output<typeof publisherLead>

type DeliveryWithReturn = Delivery & { return?: LeadReturn | undefined }
type LeadWithOffer = Lead & { offerAt?: string | undefined }
type PublisherLeadParts = {
  lead: LeadWithOffer | ErasedLead
  /** Oldest first. */
  decisions: readonly Decision[]
  deliveries: readonly DeliveryWithReturn[]
}

export function toPublisherLead({ lead, decisions, deliveries }: PublisherLeadParts, now: string): PublisherLead {
  const { leadId, receivedAt, careerSlug, programId, test } = lead
  return {
    leadId,
    receivedAt,
    outcome: toPublisherOutcome(lead),
    careerSlug,
    ...(programId !== undefined && { programId }),
    test,
    ...('erasedAt' in lead ? { erasedAt: lead.erasedAt } : toOwnLabels(lead, now)),
    verdicts: listLatestVerdicts(decisions),
    deliveries: deliveries.map(toPublisherDelivery),
  }
}

function toPublisherOutcome(lead: Lead | ErasedLead): PublisherOutcome {
  const review = 'quarantine' in lead ? lead.quarantine : undefined
  if (review === 'held') return 'quarantined'
  return review === 'rejected' ? 'rejected' : lead.outcome
}

/** After a withdrawal, labels that look like contact details are masked too. */
function toOwnLabels({ subIds, page, withdrawnAt, offerAt }: LeadWithOffer, now: string) {
  const access = decideLeadAccess({ kind: 'publisher' }, { isErased: false, withdrawnAt, isSuppressed: false }, now)
  const labels = access.view === 'masked' && access.reason === 'withdrawn' ? maskLabels(subIds) : subIds
  return {
    ...(labels && { subIds: labels }),
    page: { url: maskUrl(page.url) },
    ...(withdrawnAt !== undefined && { withdrawnAt }),
    ...(offerAt !== undefined && { offerAt }),
  }
}

/** A campaign that was selected once has the lead, whatever a later decision says of it. */
function listLatestVerdicts(decisions: readonly Decision[]): PublisherLead['verdicts'] {
  const latest = new Map<string, Verdict>()
  for (const one of decisions.flatMap(({ verdicts }) => verdicts))
    if (!latest.get(one.campaignId)?.selected) latest.set(one.campaignId, one)
  return [...latest.values()].map(({ schoolId, programId, selected, until, reason, also }) => ({
    schoolId,
    selected,
    ...(programId !== undefined && { programId }),
    ...(until !== undefined && { until }),
    ...(reason !== undefined && { reason }),
    ...(also !== undefined && { also }),
  }))
}

function toPublisherDelivery(delivery: DeliveryWithReturn): PublisherLead['deliveries'][number] {
  const { deliveryId, schoolId, schoolName, deliveredAt, returnedAt, return: leadReturn } = delivery
  const { payoutCents = 0, payoutOn } = delivery
  const isEarned = returnedAt === undefined && (payoutOn === 'accepted' || deliveredAt !== undefined)
  return {
    deliveryId,
    schoolId,
    schoolName,
    state: toPublisherDeliveryState(delivery),
    ...(deliveredAt !== undefined && { deliveredAt }),
    ...(isEarned && payoutCents > 0 && { payoutCents }),
    ...(returnedAt !== undefined && { returnedAt, ...(leadReturn && { returnReason: leadReturn.reason }) }),
  }
}

export function toPublisherDeliveryState({
  state,
  deliveredAt,
  returnedAt,
}: Pick<Delivery, 'state' | 'deliveredAt' | 'returnedAt'>): PublisherDeliveryState {
  if (returnedAt !== undefined) return 'returned'
  if (deliveredAt !== undefined || state === 'delivered') return 'delivered'
  return state === 'rejected' || state === 'dead' || state === 'erased' ? 'ended' : 'waiting'
}
