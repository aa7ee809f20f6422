import { grantCredit as route } from '#shared/contract/aftercare/returns.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import { isNotice } from '#shared/domain/delivery/notice.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { auditChange } from '#shared/workflows/access/audit-change.ts'
import { listReturnWrites } from '#shared/workflows/aftercare/list-return-writes.ts'
import { actorFor } from '../../access/actor-for.ts'
import { hideStoppedNotes } from '../hide-stopped-notes.ts'
import type { DecideReturnDependencies } from './decide-return.ts'

/** Gives a school credit for a lead that it did not ask to return, once. */
export async function grantCredit(
  { params: { deliveryId }, body, principal }: Request<typeof route>,
  deps: DecideReturnDependencies,
): Promise<Reply<typeof route>> {
  const delivery = await deps.deliveries.find(deliveryId)
  if (!delivery) throw new Refusal('NOT_FOUND', 'Delivery not found.')
  if (delivery.test || isNotice(delivery))
    throw new Refusal('NOT_RETURNABLE', 'This delivery was free, so there is nothing to credit.')
  const at = deps.now().toISOString()
  const { leadId, schoolId, campaignId, priceCents } = delivery
  const granted: LeadReturn & { decidedAt: string } = {
    returnId: deps.newId('return'),
    ...{ deliveryId, leadId, schoolId, campaignId },
    ...body,
    ...{ state: 'accepted', byStaff: true, requestedAt: at, decidedAt: at, decidedBy: await actorFor(principal, deps) },
    creditCents: priceCents,
  }
  const record = { kind: 'deliveries', id: deliveryId }
  const audit = auditChange({ actor: toActor(principal), action: 'credit.granted', record, after: body }, deps)
  const alsoWrites = await listReturnWrites(delivery, { decision: 'accepted', at }, deps)
  const result = await deps.returns.grant(granted, [audit, ...alsoWrites])
  if (result.kind === 'already-saved') return repeatCredit(result.existing, principal.scope, deps)
  if (result.kind === 'conflict') throw conflictRefusal()
  if (result.kind === 'not-delivered')
    throw new Refusal(
      'NOT_DELIVERED',
      'Nothing is sold: the lead was not delivered, its email bounced, or its data was deleted and nothing may be written of it.',
    )
  return { status: 201, body: granted }
}

async function repeatCredit(
  existing: LeadReturn,
  scope: 'read' | 'admin',
  deps: DecideReturnDependencies,
): Promise<Reply<typeof route>> {
  if (existing.byStaff) return { status: 200, body: await hideStoppedNotes(existing, scope, deps) }
  throw new Refusal(
    'RETURN_EXISTS',
    `The school requested credit for this lead at ${existing.requestedAt}: ${existing.state}.`,
  )
}

export const handler = defineHandler(route, grantCredit)
