import { addRollUps, emptyRollUp } from '#shared/domain/reporting/add-roll-ups.ts'
import type { RolledUp } from '#shared/domain/reporting/figures.ts'
import { type Account, rollUp } from '#shared/domain/reporting/roll-up.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import type { LeadLine } from '#shared/store/reporting/roll-ups.ts'

export type Needs = Pick<Dependencies, 'books' | 'rollUps' | 'now' | 'sleep' | 'log'>
type Times = {
  /** What is received later is left for the next time. */
  until: string
  /** Who has not finished by then goes on the next time. */
  deadline: string
}

// Few enough that others of one process are not kept waiting.
const leadsInPart = 100

/**
 * Counts the leads of a day anew, part by part, in as much memory as one part and the sums need. What was counted before
 * plays no part in it, so that a run which dies, or two at once, leave nothing wrong behind.
 */
export async function rollUpDay(day: string, { until, deadline }: Times, needs: Needs): Promise<'finished' | 'left'> {
  const left = await needs.rollUps.underWay(day)
  const asOf = left?.until ?? until
  let { soFar, after }: { soFar: RolledUp; after?: Cursor } = left ?? { soFar: emptyRollUp }
  for (;;) {
    const page = { until: asOf, limit: leadsInPart, ...(after && { after }) }
    const { leads, next } = await needs.rollUps.leads(day, page)
    const accounts = await Promise.all(leads.map((lead) => accountOf(lead, needs)))
    soFar = addRollUps(soFar, rollUp(accounts))
    if (!next) break
    after = next
    if (needs.now().toISOString() >= deadline) {
      await needs.rollUps.leave(day, { until: asOf, after, soFar })
      return tell('left')
    }
    // In a host of one process, others have their turn.
    await needs.sleep(0)
  }
  await needs.rollUps.finish({ day, until: asOf, finishedAt: needs.now().toISOString(), ...soFar })
  return tell('finished')

  function tell(state: 'finished' | 'left') {
    const { leads, deliveries } = soFar.whole
    needs.log('day.rolled-up', { day, state, leads: leads.received, deliveries: deliveries.made })
    return state
  }
}

async function accountOf({ leadId, ...lead }: LeadLine, { books, rollUps }: Needs): Promise<Account> {
  if (lead.test) return { ...lead, decisions: 0, deliveries: [] }
  const decisions = await books.decisions(leadId)
  const ids = decisions.flatMap(({ pledges }) => pledges.map(({ deliveryId }) => deliveryId))
  const deliveries = (await Promise.all(ids.map(rollUps.made))).flatMap((one) => one ?? [])
  return { ...lead, decisions: decisions.length, deliveries }
}
