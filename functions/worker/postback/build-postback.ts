import type { PostbackBody } from '#shared/domain/aftercare/postback.ts'
import { type PublisherLead, toPublisherLead } from '#shared/domain/capture/publisher-lead.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import type { Delivery } from '#shared/domain/delivery/delivery.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Postback } from '#shared/store/aftercare/postbacks.ts'

type BuildPostbackDependencies = Pick<Dependencies, 'publisherLeads' | 'deliveries' | 'now'>

/**
 * Returns what a source may be told: of the lead as the source may read it, so that labels are masked after a withdrawal and gone
 * after an erasure. `undecided`: the lead is held for review or will be offered again. Undefined: there is nothing to tell.
 */
export async function buildPostback(
  { leadId, sourceId, sourceGeneration, cause, at, deliveryId, disposition }: Postback,
  deps: BuildPostbackDependencies,
): Promise<PostbackBody | 'undecided' | undefined> {
  const stored = await deps.publisherLeads.find(leadId, toOwnerName({ id: sourceId, generation: sourceGeneration }))
  if (!stored) return undefined
  const deliveryIds = stored.decisions.flatMap((one) => one.deliveries.map((delivery) => delivery.deliveryId))
  const logs = await Promise.all(deliveryIds.map((id) => deps.deliveries.findWithAttempts(id)))
  const deliveries = logs.flatMap((log) => log ?? [])
  const decisions = stored.decisions.map(({ decision }) => decision)
  const lead = toPublisherLead({ lead: stored.lead, decisions, deliveries }, deps.now().toISOString())
  const common = {
    leadId,
    test: lead.test,
    outcome: lead.outcome,
    ...(lead.subIds && { subIds: lead.subIds }),
  }
  if (cause === 'decided') return buildDecided(lead, common, { at, deliveries })
  const delivery = deliveries.find((one) => one.deliveryId === deliveryId)
  if (!delivery) return undefined
  const ids = { deliveryId: delivery.deliveryId, schoolId: delivery.schoolId }
  if (cause === 'outcome')
    return {
      type: 'lead.outcome',
      timestamp: at,
      data: { ...common, ...ids, ...(disposition !== undefined && { disposition }) },
    }
  const { payoutCents = 0, return: leadReturn } = delivery
  return {
    type: 'lead.returned',
    timestamp: at,
    data: {
      ...common,
      ...ids,
      ...(leadReturn && { returnReason: leadReturn.reason }),
      payoutCents: payoutCents === 0 ? 0 : -payoutCents,
    },
  }
}

function buildDecided(
  lead: PublisherLead,
  common: Omit<PostbackBody['data'], 'reason'>,
  { at, deliveries }: { at: string; deliveries: readonly Delivery[] },
): PostbackBody | 'undecided' {
  if (lead.outcome === 'accepted') {
    const payoutCents = deliveries.reduce((sum, one) => sum + (one.payoutCents ?? 0), 0)
    return { type: 'lead.accepted', timestamp: at, data: { ...common, payoutCents } }
  }
  if (lead.outcome === 'quarantined' || lead.offerAt !== undefined) return 'undecided'
  const reason = lead.verdicts.find((one) => one.reason !== undefined)?.reason
  return { type: 'lead.rejected', timestamp: at, data: { ...common, ...(reason !== undefined && { reason }) } }
}
