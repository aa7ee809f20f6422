import * as z from 'zod'
import type { Row } from '#shared/store/engine/engine.ts'
import { deliveryKey, leadKey } from '#shared/store/keys.ts'
import type { SchoolArrival } from './create-schools.ts'
import { findReplayFaults, findSendingFaults } from './find-attempt-faults.ts'
import { findCapFaults } from './find-cap-faults.ts'
import { findErasureFaults } from './find-erasure-faults.ts'
import type { SimulatedWorld } from './run-world.ts'

export type DeliveryEvidence = { id: string; row: Row; arrivals: readonly SchoolArrival[] }
type LeadEvidence = {
  leadId: string
  visitor: SimulatedWorld['visitors'][number] | undefined
  row: Row
  deliveries: readonly DeliveryEvidence[]
}

/** In what a world has ended otherwise than was promised. Who was promised what is told by receipts and by the schools. */
export async function checkWorld(
  world: SimulatedWorld,
): Promise<{ faults: string[]; figures: { [what: string]: number } }> {
  const { engine, schools, visitors, observations, loop } = world
  const arrivals = groupBy(schools.log, ({ id }) => id)
  const faults: string[] = []
  const deliveries: DeliveryEvidence[] = []
  for (const id of new Set([...observations.deliveries, ...listPromisedDeliveries(visitors)])) {
    const row = await engine.get({ in: 'leads', key: deliveryKey(id) })
    if (!row) faults.push(`${id} is gone`)
    else deliveries.push({ id, row, arrivals: arrivals.get(id) ?? [] })
  }
  for (const id of arrivals.keys())
    if (!observations.deliveries.has(id)) faults.push(`${id} came to a school and is no delivery`)
  for (const visitor of visitors) {
    if (!visitor.receipt) faults.push(`visitor ${visitor.number} never had an answer`)
    for (const changedLeadId of visitor.changedResponses)
      faults.push(`visitor ${visitor.number} was answered twice, the second time ${changedLeadId}`)
  }
  for (const delivery of deliveries) faults.push(...findDeliveryFaults(delivery, world))

  const byLead = groupBy(deliveries, ({ row }) => String(row.leadId))
  const visitorsByLead = new Map(visitors.map((visitor) => [visitor.receipt?.leadId, visitor]))
  for (const leadId of new Set([...observations.leads, ...visitors.flatMap(({ receipt }) => receipt?.leadId ?? [])])) {
    const row = await engine.get({ in: 'leads', key: leadKey(leadId) })
    if (!row) faults.push(`${leadId} is gone`)
    else {
      const { items } = await engine.query({ in: 'leads', pk: leadKey(leadId).pk, limit: 500 })
      const latest = items.filter(({ sk }) => sk.startsWith('DECISION#')).at(-1)
      const lead = { leadId, visitor: visitorsByLead.get(leadId), row, deliveries: byLead.get(leadId) ?? [] }
      faults.push(...findLeadFaults(lead, latest, loop.now()))
    }
  }
  faults.push(...(await findErasureFaults(deliveries, world)))
  faults.push(
    ...findReplayFaults(deliveries, world),
    ...findSendingFaults(world),
    ...(await findCapFaults(deliveries, world)),
  )
  const repeats = schools.log.length - arrivals.size
  return { faults, figures: { ...countStates(deliveries), 'repeats that schools saw': repeats } }
}

function findDeliveryFaults(
  { id, row, arrivals }: DeliveryEvidence,
  { schools, observations, visitors, loop }: SimulatedWorld,
): string[] {
  const { state, schoolId } = row
  const faults: string[] = []
  const addFault = (fault: string) => faults.push(`${id} (${String(schoolId)}, ${String(state)}) ${fault}`)
  const isStored = arrivals.some(({ verdict }) => verdict === 'kept')
  const isRefused = arrivals.some(({ verdict }) => verdict === 'refused')
  const hasWithdrawn = visitors.some((one) => one.hasWithdrawn && one.email === findEmail(row))
  if (state === 'delivered' && !isStored) addFault('never came to its school')
  if (state === 'rejected' && (isStored || !isRefused)) addFault('was not rejected by its school')
  const troubleCount = schools.troubles.get(id) ?? 0
  if (state === 'dead' && !hasWithdrawn && troubleCount < 15) addFault(`died of ${troubleCount} troubles of its school`)
  if (typeof row.duePk !== 'string' && !finalStates.includes(String(state))) addFault('is led nowhere')
  const isDue = typeof row.dueAt === 'string' && Date.parse(row.dueAt) < loop.now() - 900_000
  if (isDue) addFault(`was due at ${String(row.dueAt)}`)
  for (const kind of ['webhook', 'email'])
    if (new Set(arrivals.filter((one) => one.kind === kind).map(({ body }) => body)).size > 1)
      addFault('had two bodies')
  if (arrivals.some((one) => one.schoolId !== schoolId)) addFault('came to another school')
  const mails = arrivals.filter(({ messageId }) => messageId)
  const hasBounced = (messageId: string | undefined) =>
    observations.bounces.some((bounce) => bounce.messageId === messageId)
  if (
    state === 'delivered' &&
    mails.length === arrivals.length &&
    mails.every(({ messageId }) => hasBounced(messageId))
  )
    addFault('came back each time')
  return faults
}

const finalStates = ['delivered', 'rejected', 'dead', 'erased']

function findLeadFaults(
  { leadId, visitor, row, deliveries }: LeadEvidence,
  latest: Row | undefined,
  now: number,
): string[] {
  const faults: string[] = []
  for (const { id, arrivals } of deliveries)
    for (const { schoolId, leadId: toldLeadId } of arrivals) {
      if (toldLeadId !== leadId) faults.push(`${id} told ${schoolId} of ${toldLeadId}, not ${leadId}`)
      if (!visitor?.selectedSchoolIds.includes(schoolId))
        faults.push(`${leadId} came to ${schoolId}, which was not agreed to`)
    }
  const schoolsWithLead = deliveries
    .filter(({ row: { state, erases } }) => state !== 'rejected' && state !== 'erased' && erases === undefined)
    .map(({ row: { schoolId } }) => schoolId)
  if (new Set(schoolsWithLead).size < schoolsWithLead.length) faults.push(`${leadId} was given twice to one school`)
  if (schoolsWithLead.length > 3) faults.push(`${leadId} was given to ${schoolsWithLead.length} schools`)
  if (schoolsWithLead.length > 1 && schoolsWithLead.includes('gamma')) faults.push(`${leadId} was to be gamma's alone`)
  const isOld = now - Date.parse(String(row.receivedAt)) > 29 * 86_400_000
  if (
    schoolsWithLead.length === 0 &&
    row.offerAt === undefined &&
    row.erasedAt === undefined &&
    !isOld &&
    !isKnownPerson(latest)
  )
    faults.push(`${leadId} is offered to nobody any more`)
  return faults
}

function countStates(deliveries: readonly DeliveryEvidence[]) {
  const byState = groupBy(deliveries, ({ row }) => `deliveries ${String(row.state)} in the end`)
  return Object.fromEntries([...byState].map(([state, all]) => [state, all.length]))
}

/** Whoever came through this source before is not offered again. */
function isKnownPerson(latest: Row | undefined): boolean {
  return decisionSchema.parse(latest).verdicts.some(({ reason }) => reason === 'DUPLICATE')
}

const decisionSchema = z.object({ verdicts: z.array(z.object({ reason: z.string().optional() })) })

function listPromisedDeliveries(visitors: SimulatedWorld['visitors']): string[] {
  return visitors.flatMap(({ receipt }) => receipt?.schools.map(({ deliveryId }) => deliveryId) ?? [])
}

function findEmail({ body }: Row): string | undefined {
  return /"email":"([^"]+)"/.exec(String(body))?.[1]
}

function groupBy<One>(all: readonly One[], of: (one: One) => string): Map<string, One[]> {
  return Map.groupBy(all, of)
}
