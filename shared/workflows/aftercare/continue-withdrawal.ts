import type { ConsentWithdrawn } from '../../domain/aftercare/consent-withdrawn.ts'
import { getScopeOwner } from '../../domain/aftercare/suppression.ts'
import {
  findNextLook,
  type LeadWithdrawal,
  leadWithdrawal,
  withdrawalBusinessDays,
} from '../../domain/aftercare/withdrawal.ts'
import { type Generation, toOwnerName } from '../../domain/catalog/generation.ts'
import { type Attempt, mayHaveLead } from '../../domain/delivery/delivery.ts'
import { createNotice } from '../../domain/delivery/notice.ts'
import { toSourceScope } from '../../domain/routing/duplicates.ts'
import { addBusinessDays } from '../../domain/time.ts'
import type { DeliveryPointer } from '../../outbound/queue.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredWithdrawal } from '../../store/aftercare/withdrawals.ts'
import type { StoredDelivery } from '../../store/delivery/delivery-row.ts'
import { retryOnConflict } from '../../store/retry-on-conflict.ts'
import { type IndexEarlierLeadsDependencies, indexEarlierLeads } from './index-earlier-leads.ts'

export type ContinueWithdrawalDependencies = Pick<
  Dependencies,
  'withdrawals' | 'leads' | 'deliveries' | 'digests' | 'newId' | 'now' | 'log' | 'measure'
> &
  IndexEarlierLeadsDependencies
/** `every-school`: also those to which nothing was sent as far as this data tells, because it is older than what was sent. */
type Pass = { withdrawalId: string; deadline: string; notify?: 'schools' | 'every-school' }

/**
 * One pass of a withdrawal: marks every lead of the person that was received before, ends its deliveries that wait, and
 * creates the notices to schools that have it. A later consent of the person is no duplicate of these leads. Every step is idempotent. A second pass finds a lead that was being saved
 * during the first; later passes alert staff of notices without a receipt. Returns the new notices.
 */
export async function continueWithdrawal(
  { withdrawalId, deadline, notify = 'schools' }: Pass,
  deps: ContinueWithdrawalDependencies,
): Promise<DeliveryPointer[]> {
  const stored = await deps.withdrawals.find(withdrawalId)
  if (!stored) return []
  // The next run continues, because the withdrawal stays due.
  if (stored.people && stored.isHashed && (await indexEarlierLeads(deadline, deps)) === 'unfinished') return []
  const notices: DeliveryPointer[] = []
  for (const leadId of stored.people ? await deps.withdrawals.listLeadIds(stored.people) : []) {
    if (deps.now().toISOString() >= deadline) return notices
    notices.push(...(await withdrawLead(leadId, { stored, notify }, deps)))
  }
  await endPass(stored, deps)
  return notices
}

async function withdrawLead(
  leadId: string,
  { stored, notify }: { stored: StoredWithdrawal; notify: Pass['notify'] },
  deps: ContinueWithdrawalDependencies,
): Promise<DeliveryPointer[]> {
  const timeline = await deps.leads.find(leadId)
  if (!timeline || !isConcerned(timeline, stored)) return []
  const entry = leadWithdrawal.parse(toLeadWithdrawal(stored))
  const { contact, sourceId, sourceGeneration } = timeline.lead
  const personDigests = Object.values(deps.digests.hashPerson(contact))
  const sourceScope = toSourceScope(toOwnerName({ id: sourceId, generation: sourceGeneration }))
  const wholeLead = stored.scope.kind === 'school' ? undefined : { sourceScope, personDigests }
  if (!(await deps.withdrawals.markLead(leadId, entry, wholeLead))) return []
  // Read after the mark, which stops offers: no delivery is added after this.
  const decisions = (await deps.leads.find(leadId))?.decisions ?? []
  const concerned = decisions.flatMap(({ deliveries }) => deliveries).filter((delivery) => isInScope(delivery, stored))
  const notices: DeliveryPointer[] = []
  for (const { deliveryId } of concerned) {
    const notice = await withdrawDelivery(deliveryId, { stored, entry, personDigests, notify }, deps)
    if (notice) notices.push(notice)
  }
  return notices
}

type LeadTimelineRows = NonNullable<Awaited<ReturnType<Dependencies['leads']['find']>>>

/** Whether a withdrawal is of this lead. A lead under later consent is not, unless no consent counts. */
function isConcerned({ lead, consent, decisions }: LeadTimelineRows, { scope, basis, at }: StoredWithdrawal): boolean {
  if (basis === 'withdrawal' && consent.grantedAt > at) return false
  if (scope.kind === 'source')
    return getScopeOwner(scope) === toOwnerName({ id: lead.sourceId, generation: lead.sourceGeneration })
  if (scope.kind === 'all-schools') return true
  return decisions.some(({ deliveries }) => deliveries.some((delivery) => isInScope(delivery, { scope })))
}

type PromisedSchool = { schoolId: string; schoolGeneration?: Generation }

function isInScope({ schoolId, schoolGeneration }: PromisedSchool, { scope }: Pick<StoredWithdrawal, 'scope'>) {
  return scope.kind !== 'school' || getScopeOwner(scope) === toOwnerName({ id: schoolId, generation: schoolGeneration })
}

function toLeadWithdrawal(stored: StoredWithdrawal): LeadWithdrawal {
  const { withdrawalId, at, actor, channel, means, scope, reason } = stored
  return { withdrawalId, at, actor, channel, ...(means && { means }), scope, ...(reason !== undefined && { reason }) }
}

// Attempts, replays and sweeps change the same row.
const maxAttempts = 20

type DeliveryWithdrawal = {
  stored: StoredWithdrawal
  entry: LeadWithdrawal
  personDigests: readonly string[]
  notify: Pass['notify']
}

async function withdrawDelivery(
  deliveryId: string,
  { stored, entry, personDigests, notify }: DeliveryWithdrawal,
  deps: ContinueWithdrawalDependencies,
): Promise<DeliveryPointer | undefined> {
  const result = await retryOnConflict(maxAttempts, async () => {
    const log = await deps.deliveries.findWithAttempts(deliveryId)
    const delivery = await deps.deliveries.find(deliveryId)
    if (!delivery || delivery.state === 'erased' || delivery.withdrawnAt !== undefined) return undefined
    const at = deps.now().toISOString()
    const notice =
      notify === 'every-school' || mustNotify(delivery, log?.attemptLog ?? [], entry)
        ? createNotice(delivery, { deliveryId: deps.newId('delivery'), at, about: 'withdraws' })
        : undefined
    const reference = log?.attemptLog.findLast((attempt) => attempt.reference !== undefined)?.reference
    const body = JSON.stringify(createWithdrawalEvent(delivery, stored, { at, reference }))
    const notification = notice && { notice, body }
    const change = { withdrawal: entry, at, notification, personDigests }
    if (!(await deps.withdrawals.withdrawDelivery(delivery, change))) return 'conflict'
    return notice && { deliveryId: notice.deliveryId, schoolId: notice.schoolId }
  })
  if (result === 'conflict') throw new Error('The delivery kept changing; the next run continues its withdrawal.')
  return result
}

/** A school that may have the lead is told, unless it was the school that reported the withdrawal. */
function mustNotify(delivery: StoredDelivery, attemptLog: readonly Attempt[], { actor }: LeadWithdrawal): boolean {
  return mayHaveLead(delivery, attemptLog) && !(actor.kind === 'school' && actor.schoolId === delivery.schoolId)
}

function createWithdrawalEvent(
  { leadId, deliveryId, schoolId, schoolName, test }: StoredDelivery,
  { at: withdrawnAt, honorBy, scope }: StoredWithdrawal,
  { at, reference }: { at: string; reference: string | undefined },
): ConsentWithdrawn {
  return {
    type: 'consent.withdrawn',
    timestamp: at,
    data: {
      leadId,
      deliveryId,
      ...(reference !== undefined && { reference }),
      withdrawnAt,
      honorBy,
      scope: scope.kind === 'school' ? 'your-school' : 'all-schools',
      test,
      school: { id: schoolId, name: schoolName },
    },
  }
}

/** Ends a pass: decides when to look again, and alerts staff of notices that schools have not received in time. */
async function endPass(stored: StoredWithdrawal, deps: ContinueWithdrawalDependencies): Promise<void> {
  const { withdrawalId, at } = stored
  const now = deps.now().toISOString()
  const isFirst = stored.state === 'running'
  const missing = await findMissingReceipts(withdrawalId, deps)
  const isLate = missing.length > 0 && now >= addBusinessDays(at, withdrawalBusinessDays.warning)
  const isOverdue = missing.length > 0 && now >= addBusinessDays(at, withdrawalBusinessDays.limit)
  const mustAlert = (isLate && stored.alertedAt === undefined) || (isOverdue && stored.overdueAt === undefined)
  if (mustAlert) {
    const why = isOverdue ? 'withdrawal-overdue' : 'withdrawal-not-received'
    for (const { schoolId, campaignId, deliveryId } of missing)
      deps.log('school.alert', { why, schoolId, campaignId, deliveryId })
    deps.measure('SchoolAlerts', missing.length)
  }
  const nextLook = isFirst || missing.length > 0 ? findNextLook({ at, now, isFirst }) : undefined
  await deps.withdrawals.endPass(
    { withdrawalId, endedAt: stored.endedAt ?? now, nextLook, keepsPeople: isFirst },
    {
      alertedAt: stored.alertedAt ?? (isLate ? now : undefined),
      overdueAt: stored.overdueAt ?? (isOverdue ? now : undefined),
    },
  )
}

async function findMissingReceipts(withdrawalId: string, { withdrawals, deliveries }: ContinueWithdrawalDependencies) {
  const noticeIds = await withdrawals.listNoticeIds(withdrawalId)
  const notices = await Promise.all(noticeIds.map((deliveryId) => deliveries.find(deliveryId)))
  return notices.flatMap((notice) => (notice && notice.deliveredAt === undefined ? [notice] : []))
}
