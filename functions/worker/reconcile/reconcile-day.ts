import { addUp, nothing } from '#shared/domain/reporting/reconcile.ts'
import type { Reconciled } from '#shared/domain/reporting/reconciliation.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { reconcilePart } from './reconcile-part.ts'

export type Needs = Pick<Dependencies, 'books' | 'records' | 'now' | 'sleep' | 'log'>
type Times = {
  /** What was decided later is left for the next time. */
  until: string
  /** Who has not finished by then goes on the next time. */
  deadline: string
}

/**
 * Goes through the leads of a day part by part, in as much memory as one part needs, and keeps what it found. What a day
 * has is found by its leads; what a school lists, whoever asked for it, is looked at on the day when it was listed.
 */
export async function reconcileDay(day: string, { until, deadline }: Times, needs: Needs): Promise<Reconciled> {
  const kept = await needs.books.reconciliation(day)
  let { soFar, ...at } = kept?.underWay ?? { until, listedFrom: day, soFar: nothing }
  const schoolIds = await schoolsOf(needs)
  for (;;) {
    const { found, next } = await reconcilePart({ day, schoolIds, ...at }, needs)
    soFar = addUp(soFar, found)
    if (!next) break
    at = { ...at, ...next }
    if (needs.now().toISOString() >= deadline) {
      await needs.books.saveReconciliation(day, { ...kept, underWay: { ...at, ...next, soFar } })
      return tell(soFar, 'left')
    }
    // In a host of one process, others have their turn.
    await needs.sleep(0)
  }
  const finished = { day, until: at.until, finishedAt: needs.now().toISOString(), ...soFar }
  await needs.books.saveReconciliation(day, { finished })
  return tell(soFar, 'finished')

  function tell(result: Reconciled, state: 'finished' | 'left'): Reconciled {
    const { leads, drift } = result
    needs.log('day.reconciled', { day, state, leads: leads.kept, deliveries: leads.promised, drift })
    return result
  }
}

async function schoolsOf({ records }: Needs): Promise<string[]> {
  const ids: string[] = []
  let page = await records.list('schools', { limit: 500 })
  ids.push(...page.records.map(({ id }) => id))
  while (page.next) {
    page = await records.list('schools', { limit: 500, after: page.next })
    ids.push(...page.records.map(({ id }) => id))
  }
  return ids
}
