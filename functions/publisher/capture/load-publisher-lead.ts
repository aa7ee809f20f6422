import { type PublisherLead, toPublisherLead } from '#shared/domain/capture/publisher-lead.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

export type LoadPublisherLeadDependencies = Pick<Dependencies, 'publisherLeads' | 'deliveries' | 'now'>

/** A lead of a source with its verdicts and deliveries, as the source may read it. Undefined if it has no such lead. */
export async function loadPublisherLead(
  leadId: string,
  sourceOwner: string,
  deps: LoadPublisherLeadDependencies,
): Promise<PublisherLead | undefined> {
  const stored = await deps.publisherLeads.find(leadId, sourceOwner)
  if (!stored) return undefined
  const { lead, decisions } = stored
  const logs = await Promise.all(
    decisions.flatMap(({ deliveries }) =>
      deliveries.map(({ deliveryId }) => deps.deliveries.findWithAttempts(deliveryId)),
    ),
  )
  const deliveries = logs.flatMap((log) => log ?? [])
  const parts = { lead, decisions: decisions.map(({ decision }) => decision), deliveries }
  return toPublisherLead(parts, deps.now().toISOString())
}
