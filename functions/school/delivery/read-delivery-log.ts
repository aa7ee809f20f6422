import { readDeliveryLog as route } from '#shared/contract/delivery/school-leads.ts'
import type { Reply } from '#shared/contract/route.ts'
import { hidesNotes, withoutNote } from '#shared/domain/aftercare/hide-notes.ts'
import { maskAttempt } from '#shared/domain/aftercare/mask.ts'
import type { LeadAccess } from '#shared/domain/capture/lead-access.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { toSchoolReturn } from '../aftercare/to-school-return.ts'
import { type ReadAsSchoolDependencies, readAsSchool } from './read-as-school.ts'
import { requireOwnDelivery } from './require-own-delivery.ts'
import { toAccessFields } from './to-school-lead.ts'

/** Returns a delivery of the school with its attempts and, if the school has taken the lead, the event that was sent. */
export async function readDeliveryLog(
  request: Request<typeof route>,
  deps: ReadAsSchoolDependencies,
): Promise<Reply<typeof route>> {
  const { params, principal } = request
  const storedDelivery = await requireOwnDelivery(params.deliveryId, principal, deps)
  const { delivery, ...deliveryAccess } = await readAsSchool(storedDelivery, principal, deps, { withNotes: true })
  const log = await deps.deliveries.findWithAttempts(params.deliveryId)
  if (!log) throw new Error(`Delivery ${params.deliveryId} disappeared between two reads.`)
  const { access } = deliveryAccess
  const { return: leadReturn, attemptLog, dispositions, payoutCents: _cents, payoutOn: _on, ...rest } = log
  return {
    status: 200,
    body: {
      ...rest,
      attemptLog: hidesQuotes(access, delivery) ? attemptLog.map(maskAttempt) : attemptLog,
      dispositions: hidesNotes(access) ? dispositions.map(withoutNote) : dispositions,
      ...(leadReturn && { return: toSchoolReturn(leadReturn, access) }),
      ...(await toAccessFields(delivery, deliveryAccess, deps)),
    },
  }
}

/** A school debugs its system with test leads, so their attempts quote its responses in every state. */
function hidesQuotes(access: LeadAccess, { test }: { test: boolean }): boolean {
  return access.view === 'masked' && (!test || hidesNotes(access))
}

export const handler = defineHandler(route, readDeliveryLog)
