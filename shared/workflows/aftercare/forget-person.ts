import type { LeadErased } from '../../domain/aftercare/lead-erased.ts'
import type { Delivery } from '../../domain/delivery/delivery.ts'
import { untried } from '../../domain/delivery/delivery.ts'
import { scopeOfSource } from '../../domain/routing/duplicates.ts'
import type { DeliveryPointer } from '../../outbound/queue.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { Kept } from '../../store/delivery/delivery-row.ts'

export type Needs = Pick<
  Dependencies,
  'erasures' | 'forgetting' | 'leads' | 'deliveries' | 'digests' | 'newId' | 'now' | 'log'
>
type Which = { erasureId: string; deadline: string }
/** By which erasure, and whether schools are to forget, too. */
type How = { erasureId: string; tells: 'schools' | 'nobody' }
type Came = { state: 'done' | 'left'; notices: DeliveryPointer[] }

const leadsAtOnce = 25

/**
 * Forgets lead after lead of the person whom an erasure is about, until nothing leads to one any more or time is up;
 * whoever calls again goes on. The deliveries that it gives back tell schools, and are due.
 */
export async function forgetPerson({ erasureId, deadline }: Which, needs: Needs): Promise<Came> {
  const notices: DeliveryPointer[] = []
  const erasure = await needs.erasures.find(erasureId)
  const forgotten = new Set<string>()
  for (;;) {
    const found = erasure ? await needs.forgetting.leadsOf(erasure.people, leadsAtOnce) : []
    if (found.length === 0) break
    for (const leadId of found) {
      if (forgotten.has(leadId)) throw new Error(`${leadId} is forgotten, and its person still leads to it.`)
      if (needs.now().toISOString() >= deadline) return tell('left')
      notices.push(...(await forgetLead(leadId, { erasureId, tells: 'schools' }, needs)))
      forgotten.add(leadId)
    }
  }
  if (erasure?.state === 'running') await needs.erasures.end(erasureId, needs.now().toISOString())
  return tell('done')

  function tell(state: Came['state']): Came {
    needs.log('person.forgotten', { erasureId, state, leads: forgotten.size, notices: notices.length })
    return { state, notices }
  }
}

/** First nobody is offered the lead any more, so that the deliveries that are found then are all that there ever will be. */
export async function forgetLead(leadId: string, how: How, needs: Needs): Promise<DeliveryPointer[]> {
  const { erasureId } = how
  const at = needs.now().toISOString()
  const grave = await needs.forgetting.bury(leadId, { erasureId, at, peopleOf: needs.digests.ofPerson })
  if (!grave) return []
  const decisions = (await needs.leads.story(leadId))?.decisions ?? []
  const made = decisions.flatMap(({ deliveries }) => deliveries)
  const ids = made.map(({ deliveryId }) => deliveryId)
  const notices: DeliveryPointer[] = []
  for (const deliveryId of ids) {
    const notice = await eraseDelivery(deliveryId, how, needs)
    if (notice) notices.push({ deliveryId: notice.deliveryId, schoolId: notice.schoolId })
  }
  await needs.forgetting.strip(grave, ids)
  const schoolIds = new Set(made.map(({ schoolId }) => schoolId))
  await needs.forgetting.finish(grave, [...schoolIds, scopeOfSource(grave.sourceId)])
  return notices
}

// Each turn an attempt, a replay or a sweep was faster.
const mostTurns = 20

async function eraseDelivery(
  deliveryId: string,
  { erasureId, tells }: How,
  needs: Needs,
): Promise<Delivery | undefined> {
  for (let turn = 0; turn < mostTurns; turn++) {
    const log = await needs.deliveries.log(deliveryId)
    const seen = await needs.deliveries.find(deliveryId)
    if (!seen || seen.state === 'erased') return undefined
    const at = needs.now().toISOString()
    const notice = tells === 'schools' ? noticeOf(seen, needs.newId('delivery'), at) : undefined
    const reference = log?.attemptLog.findLast((attempt) => attempt.reference !== undefined)?.reference
    const body = JSON.stringify(eventOf(seen, { at, reference }))
    const telling = notice && { notice, body }
    if (await needs.forgetting.eraseDelivery(seen, { erasureId, at, telling })) return notice
  }
  throw new Error('A delivery could not be erased: others were at it. Its erasure goes on later.')
}

/** What is under way may still arrive: the notice goes out when that must have ended. */
function noticeOf(seen: Kept, deliveryId: string, at: string): Delivery {
  const { leadId, schoolId, schoolName, campaignId, programId, test } = seen
  const dueAt = seen.state === 'leased' && seen.dueAt !== undefined && seen.dueAt > at ? seen.dueAt : at
  const named = { deliveryId, leadId, schoolId, schoolName, campaignId, programId, test, erases: seen.deliveryId }
  return { ...named, ...untried, state: 'pending', createdAt: at, dueAt, priceCents: 0 }
}

function eventOf(seen: Kept, { at, reference }: { at: string; reference: string | undefined }): LeadErased {
  const { leadId, deliveryId, schoolId, schoolName, test } = seen
  const school = { id: schoolId, name: schoolName }
  const named = { leadId, deliveryId, ...(reference !== undefined && { reference }), test, school }
  return { type: 'lead.erased', timestamp: at, data: named }
}
