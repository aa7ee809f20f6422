import { firstLeadDay } from '../../domain/capture/lead.ts'
import { shiftDay, toDay } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { Cursor } from '../../store/engine/engine.ts'

export type IndexEarlierLeadsDependencies = Pick<Dependencies, 'personIndex' | 'leads' | 'digests' | 'now'>

const leadsPerPage = 100

/**
 * Makes the leads of an earlier version findable by the SHA-256 of an email or phone, day by day, once. Newer leads are
 * stored so. A call that meets its deadline returns `unfinished`, and the next one continues.
 */
export async function indexEarlierLeads(
  deadline: string,
  deps: IndexEarlierLeadsDependencies,
): Promise<'done' | 'unfinished'> {
  const { doneUntil, isComplete } = await deps.personIndex.getProgress()
  if (isComplete) return 'done'
  const today = toDay(deps.now().toISOString())
  for (let day = doneUntil ? shiftDay(doneUntil, 1) : firstLeadDay; day <= today; day = shiftDay(day, 1)) {
    if ((await indexDay(day, deadline, deps)) === 'unfinished') return 'unfinished'
    // The leads of a running day are looked at again.
    if (day < today) await deps.personIndex.advance(day, false)
  }
  await deps.personIndex.advance(today, true)
  return 'done'
}

async function indexDay(
  day: string,
  deadline: string,
  { personIndex, leads, digests, now }: IndexEarlierLeadsDependencies,
): Promise<'done' | 'unfinished'> {
  let after: Cursor | undefined
  do {
    const page = await leads.listByDay(day, { limit: leadsPerPage, ...(after && { after }) })
    for (const { leadId } of page.leads) {
      if (now().toISOString() >= deadline) return 'unfinished'
      const { contact } = (await leads.findOrigin(leadId)) ?? {}
      if (contact) await personIndex.add(leadId, digests.listPersonDigests(contact))
    }
    after = page.next
  } while (after)
  return 'done'
}
