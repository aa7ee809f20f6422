import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { findCreditLevel, getCreditLimit } from '#shared/domain/routing/edits/credit-level.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'

type WatchCreditDependencies = Pick<Dependencies, 'records' | 'creditAlerts' | 'log' | 'measure'>

const schoolsPerPage = 100

/**
 * Alerts staff once when the balance of a school is low, by default when it has used 80 % of its credit, and once when it is used up. A higher limit or an accepted
 * return lowers the level, and the next crossing alerts again.
 */
export async function watchCredit(deps: WatchCreditDependencies): Promise<void> {
  let after: Cursor | undefined
  do {
    const page = await deps.records.list('schools', { limit: schoolsPerPage, ...(after && { after }) })
    for (const { id, generation, body } of page.records) {
      const schoolFields = school.parse(body)
      const limitCents = getCreditLimit(schoolFields)
      const { lowBalanceCents } = schoolFields
      if (limitCents !== undefined) await watchSchool({ id, generation }, { limitCents, lowBalanceCents }, deps)
    }
    after = page.next
  } while (after)
}

async function watchSchool(
  identity: Pick<StoredRecord, 'id' | 'generation'>,
  { limitCents, lowBalanceCents }: { limitCents: number; lowBalanceCents: number | undefined },
  deps: WatchCreditDependencies,
): Promise<void> {
  const owner = toOwnerName(identity)
  const current = await deps.creditAlerts.find(owner)
  if (!current) return
  const { usedCents, level } = current
  const newLevel = findCreditLevel({ limitCents, usedCents, lowBalanceCents })
  if (newLevel === level || !(await deps.creditAlerts.changeLevel(owner, level, newLevel))) return
  if (newLevel < level) return
  deps.log('credit.alert', { schoolId: identity.id, percent: newLevel, limitCents, usedCents })
  deps.measure('CreditAlerts', 1)
}
