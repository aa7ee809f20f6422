import { school } from '#shared/domain/catalog/school.ts'
import { findCampaignFault } from '#shared/domain/delivery/binding.ts'
import { isNotice } from '#shared/domain/delivery/notice.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { findNextDeliveryTime } from '#shared/domain/routing/hours.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { PublishIntent } from '#shared/store/catalog/publish-intents.ts'
import type { StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import { findSubstituteCampaign } from '#shared/workflows/delivery/find-substitute-campaign.ts'

export type MakeDeliveriesDueDependencies = Pick<
  Dependencies,
  'publishIntents' | 'records' | 'composed' | 'due' | 'deliveries' | 'now'
>

/**
 * Seconds after a removal in which a delivery may still appear: the index of DynamoDB lags, and a lead or an attempt that
 * read the campaign before its removal may write after it. Longer than a lease, so that no such attempt is under way then.
 */
const settleSeconds = 120
const firstPass = 'first-pass'

/**
 * A campaign of a school was removed: makes the deliveries that wait for it due, so that the deliverer sends them through
 * another campaign of the school or ends them. Looks at once, and again when no delivery can appear any more; then the
 * intent is closed. Returns `waiting` between the two.
 */
export async function makeDeliveriesDue(
  intent: PublishIntent,
  deadline: string,
  deps: MakeDeliveriesDueDependencies,
): Promise<'finished' | 'unfinished' | 'waiting'> {
  const startedAt = deps.now().toISOString()
  const isLastPass = startedAt >= addSeconds(intent.at ?? startedAt, settleSeconds)
  if (intent.progress === firstPass && !isLastPass) return 'waiting'
  for await (const { deliveryId, dueAt } of deps.due.listBySchool(intent.id)) {
    const now = deps.now().toISOString()
    if (now >= deadline) return 'unfinished'
    if (dueAt <= now) continue
    const delivery = await deps.deliveries.find(deliveryId)
    if (!delivery || delivery.state === 'erased' || !(await hasLostCampaign(delivery, deps))) continue
    const earlierDueAt = await findDueTime(delivery, now, deps)
    if (delivery.dueAt !== undefined && earlierDueAt < delivery.dueAt && delivery.state !== 'leased')
      await deps.deliveries.makeDue(delivery, earlierDueAt)
  }
  if (isLastPass) {
    await deps.publishIntents.close(intent)
    return 'finished'
  }
  await deps.publishIntents.saveProgress(intent, firstPass)
  return 'waiting'
}

async function hasLostCampaign(delivery: StoredDelivery, { records }: Pick<Dependencies, 'records'>): Promise<boolean> {
  const record = await records.get('campaigns', delivery.campaignId)
  const current = record && { schoolId: campaign.parse(record.body).schoolId, generation: record.generation }
  return findCampaignFault(delivery, current) !== undefined
}

/** Now, or when the substitute campaign opens. A notice, and a delivery that can only end, wait for no hours. */
async function findDueTime(
  delivery: StoredDelivery,
  now: string,
  deps: Pick<Dependencies, 'records' | 'composed'>,
): Promise<string> {
  if (isNotice(delivery)) return now
  const substitute = await findSubstituteCampaign(delivery, deps)
  const schoolRecord = substitute?.campaign.hours && (await deps.records.get('schools', delivery.schoolId))
  if (!substitute || !schoolRecord) return now
  return findNextDeliveryTime(substitute.campaign.hours, now, school.parse(schoolRecord.body).timeZone)
}
