import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import {
  notificationCatalog,
  staffHolderName,
  toSchoolHolderName,
} from '#shared/domain/reporting/notifications/notification.ts'
import { addHours } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { buildNotificationWrite, type NotifiedCondition } from '#shared/store/reporting/notifications.ts'
import {
  type BuyerCondition,
  type BuyerConditionDependencies,
  findBuyerConditions,
} from '#shared/workflows/reporting/find-buyer-conditions.ts'

export type WatchConditionsDependencies = BuyerConditionDependencies &
  Pick<Dependencies, 'notifications' | 'newId' | 'log'>

/** An endpoint that fails and recovers all day is told of so often at most. */
const minHoursBetween = 6

/**
 * Tells staff and schools of each condition once, for as long as it lasts. The mark and the notifications are one
 * transaction, so that two runs at once tell once.
 */
export async function watchConditions(deps: WatchConditionsDependencies): Promise<void> {
  const { schools, conditions } = await findBuyerConditions(deps)
  const conditionsByOwner = Map.groupBy(conditions.filter(isToldOf), ({ schoolOwner }) => schoolOwner)
  for (const parts of schools) {
    const owner = toOwnerName(parts)
    const marks = await deps.notifications.listConditions(owner)
    const current = conditionsByOwner.get(owner) ?? []
    for (const condition of current)
      await raise(
        condition,
        marks.find((mark) => mark.condition === toName(condition)),
        deps,
      )
    const names = new Set(current.map(toName))
    const over = marks.filter((mark) => !names.has(mark.condition) && isForgotten(mark, deps))
    for (const mark of over) await deps.notifications.clear(owner, mark)
  }
}

/** A cap of an hour is full every day. */
function isToldOf({ figures }: BuyerCondition): boolean {
  return figures.period !== 'hour'
}

function toName({ code, subject, part }: BuyerCondition): string {
  return [code, subject.kind, subject.id, part].join('#')
}

async function raise(
  condition: BuyerCondition,
  earlier: NotifiedCondition | undefined,
  deps: WatchConditionsDependencies,
): Promise<void> {
  const { code, episode, schoolId, schoolOwner, subject, figures } = condition
  if (earlier?.episode === episode) return
  const at = deps.now().toISOString()
  const holders = {
    operator: staffHolderName,
    school: toSchoolHolderName(schoolOwner),
  } as const
  const writes = (['operator', 'school'] as const)
    .filter((caller) => notificationCatalog[code][caller] !== undefined)
    .map((caller) => {
      const notificationId = deps.newId('notification')
      return buildNotificationWrite(holders[caller], { notificationId, event: code, at, subject, schoolId, figures })
    })
  const mark = { condition: toName(condition), episode, at }
  if (await deps.notifications.raise(schoolOwner, mark, earlier, writes))
    deps.log('notification.raised', { event: code, subject: subject.id })
}

/**
 * The mark of a cap stays until its next window, so that a returned lead which is replaced does not tell again. Others go when the
 * condition is over.
 */
function isForgotten({ condition, at }: NotifiedCondition, { now }: Pick<Dependencies, 'now'>): boolean {
  if (condition.startsWith('cap-')) return false
  return !condition.startsWith('endpoint-failing') || addHours(at, minHoursBetween) <= now().toISOString()
}
