import { secondsAfter } from '#shared/domain/delivery/retry-schedule.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import { type Needs as Forgetting, forgetLead } from '#shared/workflows/aftercare/forget-person.ts'

type Needs = Forgetting & Pick<Dependencies, 'retention' | 'retentionDays'>

// Below the worker's timeout by what one lead may take.
const secondsToWork = 240
const leadsAtOnce = 100
// Nobody has sent a lead before.
const firstDay = '2026-01-01'
const itself = { keyId: 'retention', name: 'Retention' }

/**
 * Forgets everybody whose enquiry is older than it is kept, day by day, the oldest first; the next turn goes on. Schools
 * hear nothing of it: nobody has asked them to forget.
 */
export async function retainDays(needs: Needs): Promise<void> {
  const { retentionDays, retention, now } = needs
  if (retentionDays === undefined) return
  const deadline = secondsAfter(now().toISOString(), secondsToWork)
  const keptFrom = dayAfter(now().toISOString(), -retentionDays)
  const before = await retention.doneUntil()
  for (let day = before ? dayAfter(before, 1) : firstDay; day < keptFrom; day = dayAfter(day, 1)) {
    if ((await forgetDay(day, deadline, needs)) === 'left') return
    await retention.done(day)
  }
}

/** One receipt for each day, and for each turn that it took. */
async function forgetDay(day: string, deadline: string, needs: Needs): Promise<'done' | 'left'> {
  let erasureId: string | undefined
  let after: Cursor | undefined
  let leads = 0
  do {
    const page = await needs.leads.ofDay(day, { limit: leadsAtOnce, ...(after && { after }) })
    for (const { leadId } of page.leads) {
      if (needs.now().toISOString() >= deadline) return end('left')
      if (!(await needs.leads.find(leadId))) continue
      erasureId ??= await begin(needs)
      await forgetLead(leadId, { erasureId, tells: 'nobody' }, needs)
      leads += 1
    }
    after = page.next
  } while (after)
  return end('done')

  async function end(state: 'done' | 'left') {
    if (erasureId !== undefined) {
      await needs.erasures.end(erasureId, needs.now().toISOString())
      needs.log('person.forgotten', { erasureId, state, leads, notices: 0 })
    }
    return state
  }
}

async function begin({ erasures, newId, now }: Needs): Promise<string> {
  const erasureId = newId('erasure')
  await erasures.start({ erasureId, requestedAt: now().toISOString(), by: itself }, [])
  return erasureId
}

function dayAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant.slice(0, 10)) + days * 86_400_000).toISOString().slice(0, 10)
}
