import { firstLeadDay } from '#shared/domain/capture/lead.ts'
import { addSeconds, shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import { type ErasePersonDataDependencies, eraseLead } from '#shared/workflows/aftercare/erase-person-data.ts'

type EraseExpiredLeadsDependencies = ErasePersonDataDependencies & Pick<Dependencies, 'retention' | 'retentionDays'>

const leadsPerPage = 100
const retentionActor = { keyId: 'retention', name: 'Retention' }

/**
 * Erases the leads that are older than the retention period, day by day, oldest first; the next run continues. Schools
 * get no notice because the person did not ask them to delete anything.
 */
export async function eraseExpiredLeads(deps: EraseExpiredLeadsDependencies): Promise<void> {
  const { retentionDays, retention, now } = deps
  if (retentionDays === undefined) return
  const deadline = addSeconds(now().toISOString(), getTimeBudgetSeconds('retain'))
  const oldestRetainedDay = shiftDay(toDay(now().toISOString()), -retentionDays)
  const lastErasedDay = await retention.findLastDay()
  for (
    let day = lastErasedDay ? shiftDay(lastErasedDay, 1) : firstLeadDay;
    day < oldestRetainedDay;
    day = shiftDay(day, 1)
  ) {
    if ((await eraseDay(day, deadline, deps)) === 'unfinished') return
    await retention.advance(day)
  }
}

/** Writes one receipt per day and run. */
async function eraseDay(
  day: string,
  deadline: string,
  deps: EraseExpiredLeadsDependencies,
): Promise<'done' | 'unfinished'> {
  let erasureId: string | undefined
  let after: Cursor | undefined
  let leads = 0
  do {
    const page = await deps.leads.listByDay(day, { limit: leadsPerPage, ...(after && { after }) })
    for (const { leadId } of page.leads) {
      if (deps.now().toISOString() >= deadline) return endErasure('unfinished')
      if (!(await deps.leads.find(leadId))) continue
      erasureId ??= await startErasure(deps)
      await eraseLead(leadId, { erasureId, notify: 'no-school' }, deps)
      leads += 1
    }
    after = page.next
  } while (after)
  return endErasure('done')

  async function endErasure(state: 'done' | 'unfinished') {
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
