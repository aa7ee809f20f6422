import { Refusal } from '#shared/contract/problems.ts'
import type { UntakenWorkAct } from '#shared/domain/aftercare/untaken-work.ts'
import { findUntakenReason, type UntakenReason } from '#shared/domain/capture/lead-access.ts'
import { traceLogFields } from '#shared/domain/capture/traceparent.ts'
import { isNotice } from '#shared/domain/delivery/notice.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ErasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'

export type RefuseUntakenWorkDependencies = Pick<Dependencies, 'untakenWork' | 'log' | 'measure' | 'now'>

/**
 * Returns the refusal of an act on a lead that its school never took, and alerts staff: such a school works leads that it
 * does not pay for. Of test leads and notices staff need not hear.
 */
export async function refuseUntakenWork(
  act: UntakenWorkAct,
  delivery: StoredDelivery | ErasedDelivery,
  { untakenWork, log, measure, now }: RefuseUntakenWorkDependencies,
): Promise<Refusal> {
  const { deliveryId, leadId, schoolId, schoolName, campaignId, test, traceparent } = delivery
  const at = now().toISOString()
  const why = findUntakenReason(delivery, at)
  if (why === undefined || isNotice(delivery))
    return new Refusal('NOT_DELIVERED', 'Your school does not have this lead.')
  if (!test) {
    await untakenWork.record({ deliveryId, leadId, schoolId, schoolName, campaignId, act, why, at })
    log('school.alert', {
      why: 'untaken-lead-worked',
      schoolId,
      campaignId,
      deliveryId,
      ...traceLogFields(traceparent),
    })
    measure('SchoolAlerts', 1)
  }
  return new Refusal('NOT_DELIVERED', refusalDetails[why])
}

const refusalDetails: { [why in UntakenReason]: string } = {
  credited: 'You got credit for this lead, so nothing more can be recorded.',
  rejected: 'Your system rejected this lead, so it is not yours.',
  failed: 'This lead was never delivered to you. Resend it first.',
  expired: 'This lead was never delivered to you, and it is too old to be opened.',
  'not-taken': 'This lead was not delivered yet. Open it first, which counts as its delivery.',
}
