import * as z from 'zod'
import type { Row } from '#shared/store/engine/engine.ts'
import { deliveryKey, leadKey } from '#shared/store/keys.ts'
import { faultsOfReplays, faultsOfSendings } from './attempts-made.ts'
import { faultsOfCounts } from './counts.ts'
import { faultsOfForgotten } from './forgotten.ts'
import type { Arrival } from './schools.ts'
import type { World } from './world.ts'

export type Kept = { id: string; row: Row; arrivals: readonly Arrival[] }
type Lead = { leadId: string; visitor: World['visitors'][number] | undefined; row: Row; deliveries: readonly Kept[] }

/** In what a world has ended otherwise than was promised. Who was promised what is told by receipts and by the schools. */
export async function judge(world: World): Promise<{ faults: string[]; figures: { [what: string]: number } }> {
  const { engine, schools, visitors, seen, loop } = world
  const arrivals = groupBy(schools.log, ({ id }) => id)
  const faults: string[] = []
  const kept: Kept[] = []
  for (const id of new Set([...seen.deliveries, ...promisedIn(visitors)])) {
    const row = await engine.get({ in: 'leads', key: deliveryKey(id) })
    if (!row) faults.push(`${id} is gone`)
    else kept.push({ id, row, arrivals: arrivals.get(id) ?? [] })
  }
  for (const id of arrivals.keys())
    if (!seen.deliveries.has(id)) faults.push(`${id} came to a school and is no delivery`)
  for (const visitor of visitors) {
    if (!visitor.receipt) faults.push(`visitor ${visitor.number} never had an answer`)
    for (const odd of visitor.odd) faults.push(`visitor ${visitor.number} was answered twice, the second time ${odd}`)
  }
  for (const one of kept) faults.push(...faultsOfDelivery(one, world))

  const byLead = groupBy(kept, ({ row }) => String(row.leadId))
  const visitorOf = new Map(visitors.map((visitor) => [visitor.receipt?.leadId, visitor]))
  for (const leadId of new Set([...seen.leads, ...visitors.flatMap(({ receipt }) => receipt?.leadId ?? [])])) {
    const row = await engine.get({ in: 'leads', key: leadKey(leadId) })
    if (!row) faults.push(`${leadId} is gone`)
    else {
      const { items } = await engine.query({ in: 'leads', pk: leadKey(leadId).pk, limit: 500 })
      const latest = items.filter(({ sk }) => sk.startsWith('DECISION#')).at(-1)
      const lead = { leadId, visitor: visitorOf.get(leadId), row, deliveries: byLead.get(leadId) ?? [] }
      faults.push(...faultsOfLead(lead, latest, loop.now()))
    }
  }
  faults.push(...(await faultsOfForgotten(kept, world)))
  faults.push(...faultsOfReplays(kept, world), ...faultsOfSendings(world), ...(await faultsOfCounts(kept, world)))
  const repeats = schools.log.length - arrivals.size
  return { faults, figures: { ...statesOf(kept), 'repeats that schools saw': repeats } }
}

function faultsOfDelivery({ id, row, arrivals }: Kept, { schools, seen, visitors, loop }: World): string[] {
  const { state, schoolId } = row
  const faults: string[] = []
  const say = (fault: string) => faults.push(`${id} (${String(schoolId)}, ${String(state)}) ${fault}`)
  const kept = arrivals.some(({ verdict }) => verdict === 'kept')
  const refused = arrivals.some(({ verdict }) => verdict === 'refused')
  const withdrew = visitors.some((one) => one.withdrew && one.email === emailIn(row))
  if (state === 'delivered' && !kept) say('never came to its school')
  if (state === 'rejected' && (kept || !refused)) say('was not rejected by its school')
  const trouble = schools.troubles.get(id) ?? 0
  if (state === 'dead' && !withdrew && trouble < 15) say(`died of ${trouble} troubles of its school`)
  if (typeof row.duePk !== 'string' && !final.includes(String(state))) say('is led nowhere')
  const isDue = typeof row.dueAt === 'string' && Date.parse(row.dueAt) < loop.now() - 900_000
  if (isDue) say(`was due at ${String(row.dueAt)}`)
  for (const kind of ['webhook', 'email'])
    if (new Set(arrivals.filter((one) => one.kind === kind).map(({ body }) => body)).size > 1) say('had two bodies')
  if (arrivals.some((one) => one.schoolId !== schoolId)) say('came to another school')
  const mails = arrivals.filter(({ messageId }) => messageId)
  const isBack = (messageId: string | undefined) => seen.bounces.some((bounce) => bounce.messageId === messageId)
  if (state === 'delivered' && mails.length === arrivals.length && mails.every(({ messageId }) => isBack(messageId)))
    say('came back each time')
  return faults
}

const final = ['delivered', 'rejected', 'dead', 'erased']

function faultsOfLead({ leadId, visitor, row, deliveries }: Lead, latest: Row | undefined, now: number): string[] {
  const faults: string[] = []
  for (const { id, arrivals } of deliveries)
    for (const { schoolId, leadId: told } of arrivals) {
      if (told !== leadId) faults.push(`${id} told ${schoolId} of ${told}, not ${leadId}`)
      if (!visitor?.ticked.includes(schoolId)) faults.push(`${leadId} came to ${schoolId}, which was not agreed to`)
    }
  const holders = deliveries
    .filter(({ row: { state, erases } }) => state !== 'rejected' && state !== 'erased' && erases === undefined)
    .map(({ row: { schoolId } }) => schoolId)
  if (new Set(holders).size < holders.length) faults.push(`${leadId} was given twice to one school`)
  if (holders.length > 3) faults.push(`${leadId} was given to ${holders.length} schools`)
  if (holders.length > 1 && holders.includes('gamma')) faults.push(`${leadId} was to be gamma's alone`)
  const isOld = now - Date.parse(String(row.receivedAt)) > 29 * 86_400_000
  if (
    holders.length === 0 &&
    row.offerAt === undefined &&
    row.erasedAt === undefined &&
    !isOld &&
    !isKnownPerson(latest)
  )
    faults.push(`${leadId} is offered to nobody any more`)
  return faults
}

function statesOf(kept: readonly Kept[]) {
  const byState = groupBy(kept, ({ row }) => `deliveries ${String(row.state)} in the end`)
  return Object.fromEntries([...byState].map(([state, all]) => [state, all.length]))
}

/** Whoever came through this source before is not offered again. */
function isKnownPerson(latest: Row | undefined): boolean {
  return decided.parse(latest).verdicts.some(({ reason }) => reason === 'DUPLICATE')
}

const decided = z.object({ verdicts: z.array(z.object({ reason: z.string().optional() })) })

function promisedIn(visitors: World['visitors']): string[] {
  return visitors.flatMap(({ receipt }) => receipt?.schools.map(({ deliveryId }) => deliveryId) ?? [])
}

function emailIn({ body }: Row): string | undefined {
  return /"email":"([^"]+)"/.exec(String(body))?.[1]
}

function groupBy<One>(all: readonly One[], of: (one: One) => string): Map<string, One[]> {
  return Map.groupBy(all, of)
}
