import { acceptReturn } from '#functions/operator/aftercare/returns/accept-return.ts'
import { refuseReturn } from '#functions/operator/aftercare/returns/refuse-return.ts'
import { rejectLead } from '#functions/operator/capture/reject-lead.ts'
import { releaseLead } from '#functions/operator/capture/release-lead.ts'
import { recordDisposition } from '#functions/school/aftercare/record-disposition.ts'
import { requestReturn } from '#functions/school/aftercare/request-return.ts'
import type { Principal } from '#shared/http/authorize.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { SentRequest } from './create-visitors.ts'
import { type AftercareStep, planAftercare } from './plan-aftercare.ts'
import type { WeekVisit } from './plan-visits.ts'
import type { WeekTimeline } from './timeline.ts'
import type { WeekClock } from './week-clock.ts'

export type StaffPrincipal = Principal<'operator'>
type OfficesSetup = {
  deps: Dependencies
  clock: WeekClock
  timeline: WeekTimeline
  random: () => number
  endsAt: number
  staff: StaffPrincipal
}

const hourMs = 3_600_000
/** Staff decide about a return after so many hours, so that those of the last day are still pending. */
const decisionHours = 40
/** So many leads that arrived before this one opted out: early enough for the school to have confirmed it. */
const optOutNumber = 12

/** The admissions offices of all schools, and the staff who decide about their returns and about leads in review. */
export function createOffices({ deps, clock, timeline, random, endsAt, staff }: OfficesSetup) {
  const receivedIds = new Set<string>()
  const later = (ms: number, run: () => Promise<unknown>) =>
    timeline.add(clock.now().getTime() + ms, async () => void (await run()))

  async function take(step: AftercareStep, deliveryId: string, schoolId: string) {
    const request = createSchoolRequest(deliveryId, schoolId)
    if (step.kind === 'status') {
      const { disposition, note } = step
      await recordDisposition({ ...request, body: { disposition, ...(note !== undefined && { note }) } }, deps)
      return
    }
    const { reason, note } = step
    await requestReturn({ ...request, headers: undefined, body: { reason, ...(note !== undefined && { note }) } }, deps)
    later(decisionHours * hourMs, () => decide(deliveryId))
  }

  async function decide(deliveryId: string) {
    const request = { ...common, params: { deliveryId }, principal: staff, headers: undefined }
    if (random() < 0.65) return acceptReturn({ ...request, body: {} }, deps)
    return refuseReturn({ ...request, body: { answer: 'The call log shows that the number was answered.' } }, deps)
  }

  return {
    /** A lead has arrived at a school, which now works on it. */
    receive(deliveryId: string, schoolId: string) {
      if (receivedIds.has(deliveryId)) return
      receivedIds.add(deliveryId)
      const steps: AftercareStep[] =
        receivedIds.size === optOutNumber
          ? [{ afterMs: hourMs, kind: 'status', disposition: 'opted-out', note: 'Asked us to stop calling.' }]
          : planAftercare(random)
      for (const step of steps)
        if (clock.now().getTime() + step.afterMs <= endsAt) later(step.afterMs, () => take(step, deliveryId, schoolId))
    },

    /** Staff look at the leads that were held for review, except for those of the last day. */
    review({ leadId }: SentRequest, { kind, at }: WeekVisit) {
      const hoursAgo = (endsAt - at) / hourMs
      if (kind !== 'bot' || hoursAgo < 24) return
      const request = { ...common, params: { leadId }, principal: staff, headers: undefined, body: undefined }
      later(3 * hourMs, () => (hoursAgo > 80 ? releaseLead(request, deps) : rejectLead(request, deps)))
    },
  }
}

const common = { query: undefined, ip: '203.0.113.250', spend: async () => {} }

function createSchoolRequest(deliveryId: string, schoolId: string) {
  return {
    ...common,
    params: { deliveryId },
    headers: {},
    principal: { caller: 'school', schoolId, scope: 'manage', name: 'Admissions office' } as const,
  }
}
