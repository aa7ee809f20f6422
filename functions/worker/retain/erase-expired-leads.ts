import { addSeconds, shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import {
  eraseLead,
  type ErasePersonDataDependencies as PersonErasureDependencies,
} from '#shared/workflows/aftercare/erase-person-data.ts'

type EraseExpiredLeadsDependencies = PersonErasureDependencies & Pick<Dependencies, 'retention' | 'retentionDays'>

const leadsPerPage = 100
// Nobody has sent a lead before.
const firstDay = '2026-01-01'
const retentionActor = { keyId: 'retention', name: 'Retention' }

/**
 * Forgets everybody whose enquiry is older than it is kept, day by day, the oldest first; the next turn goes on. Schools
 * hear nothing of it: nobody has asked them to forget.
 */
export async function eraseExpiredLeads(deps: EraseExpiredLeadsDependencies): Promise<void> {
  const { retentionDays, retention, now } = deps
  if (retentionDays === undefined) return
  const deadline = addSeconds(now().toISOString(), getTimeBudgetSeconds('retain'))
  const oldestRetainedDay = shiftDay(toDay(now().toISOString()), -retentionDays)
  const lastErasedDay = await retention.findLastDay()
  for (
    let day = lastErasedDay ? shiftDay(lastErasedDay, 1) : firstDay;
    day < oldestRetainedDay;
    day = shiftDay(day, 1)
  ) {
    if ((await eraseDay(day, deadline, deps)) === 'left') return
    await retention.advance(day)
  }
}

/** One receipt for each day, and for each turn that it took. */
async function eraseDay(day: string, deadline: string, deps: EraseExpiredLeadsDependencies): Promise<'done' | 'left'> {
  let erasureId: string | undefined
  let after: Cursor | undefined
  let leads = 0
  do {
    const page = await deps.leads.listByDay(day, { limit: leadsPerPage, ...(after && { after }) })
    for (const { leadId } of page.leads) {
      if (deps.now().toISOString() >= deadline) return endErasure('left')
      if (!(await deps.leads.find(leadId))) continue
      erasureId ??= await startErasure(deps)
      await eraseLead(leadId, { erasureId, notify: 'nobody' }, deps)
      leads += 1
    }
    after = page.next
  } while (after)
  return endErasure('done')

  async function endErasure(state: 'done' | 'left') {
    if (erasureId !== undefined) {
      await deps.erasures.end(erasureId, deps.now().toISOString())
      deps.log('person.erased', { erasureId, state, leads, notices: 0 })
    }
    return state
  }
}

async function startErasure({ erasures, newId, now }: EraseExpiredLeadsDependencies): Promise<string> {
  const erasureId = newId('erasure')
  await erasures.start({ erasureId, requestedAt: now().toISOString(), by: retentionActor }, [])
  return erasureId
}
