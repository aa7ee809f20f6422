import { tracedBy } from '#shared/domain/capture/traceparent.ts'
import type { Judgement, Tried } from '#shared/domain/delivery/attempt-outcome.ts'
import type { Attempt } from '#shared/domain/delivery/delivery.ts'
import { paceAfter } from '#shared/domain/delivery/pace.ts'
import type { SchoolAlert } from '#shared/platform/log.ts'
import type { Held } from '#shared/store/delivery/delivery-row.ts'
import type { Needs } from './deliver-lead.ts'
import { addressOf, type Way } from './find-way.ts'

type Made = { held: Held; way: Way; tried: Tried; judged: Judgement; attempt: Attempt }

/** What an attempt teaches about its school, once it is written: its pace, a closed endpoint, and whom to alert. */
export async function learn({ held, way, tried, judged, attempt }: Made, needs: Needs): Promise<void> {
  const { deliveryId, schoolId, campaignId } = held
  const traced = tracedBy(held.traceparent)
  const { finding } = judged
  const { endedAt, startedAt, number, stage, outcome } = attempt
  const ms = Date.parse(endedAt) - Date.parse(startedAt)
  needs.log('delivery.attempted', { deliveryId, schoolId, attempt: number, stage, outcome, ms, ...traced })
  const alert = alertOf({ held, way, tried, judged })
  if (alert) {
    needs.log('school.alert', { why: alert, schoolId, campaignId, deliveryId, ...traced })
    needs.measure('SchoolAlerts', 1)
  }
  if (judged.state === 'dead') needs.measure('DeliveriesDead', 1)
  if (finding === 'ours') needs.measure('AttemptsFailedByUs', 1)
  if (finding === 'taken' && held.deliveredAt === undefined && held.erases === undefined) {
    needs.measure('DeliveriesDelivered', 1)
    needs.measure('TimeToDelivery', Date.parse(endedAt) - Date.parse(held.createdAt))
  }

  if (finding === 'gone' && way.endpoint) {
    const address = addressOf(way.endpoint)
    await needs.lines.close(schoolId, { campaignId, kind: way.endpoint.kind, address, why: 'gone', at: endedAt })
  }
  const pace = paceAfter(way.pace, tried, finding, endedAt)
  if (pace !== way.pace && (pace.failures > 0 || way.pace.failures > 0))
    await needs.lines.savePace(schoolId, pace, way.pace)
}

// The school hears of it before a fourth try, not only when all are used up.
const clientErrors = 3

function alertOf({ held, way, tried: { status = 0 }, judged }: Omit<Made, 'attempt'>): SchoolAlert | undefined {
  // Nothing changes that but somebody who gives the school a mailbox.
  if (held.erases !== undefined && !way.endpoint && held.attempts === 1) return 'nowhere-to-tell'
  if (judged.state === 'dead' && judged.finding !== 'stopped') return 'delivery-dead'
  if (judged.finding === 'gone') return 'endpoint-gone'
  const isRefused = judged.finding === 'failed' && status >= 400 && status < 500
  return isRefused && judged.charged === clientErrors && held.charged < clientErrors ? 'answers-4xx' : undefined
}
