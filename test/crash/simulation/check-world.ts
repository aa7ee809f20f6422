import * as z from 'zod'
import { getDeliverySpan, joinDeliveryRows } from '#shared/store/delivery/delivery-row.ts'
import type { Row } from '#shared/store/engine/engine.ts'
import { decisionKey, leadKey } from '#shared/store/keys.ts'
import { packed } from '#shared/store/packed.ts'
import { findCallingFaults } from './calling/find-calling-faults.ts'
import type { DeliveryEvidence } from './create-schools.ts'
import { findReplayFaults, findSendingFaults } from './find-attempt-faults.ts'
import { findCapFaults } from './find-cap-faults.ts'
import { findErasureFaults } from './find-erasure-faults.ts'
import { findAccessFaults } from './people/find-access-faults.ts'
import { findContactFaults } from './people/find-contact-faults.ts'
import { findPeopleFaults } from './people/find-people-faults.ts'
import { findPrepaidFaults } from './people/find-prepaid-faults.ts'
import type { PreparedSystem } from './prepare-system.ts'
import { runWorld, type SimulatedWorld } from './run-world.ts'
import type { WorldSabotage } from './sabotage.ts'

type LeadEvidence = {
  leadId: string
  visitor: SimulatedWorld['visitors'][number] | undefined
  row: Row
  deliveries: readonly DeliveryEvidence[]
}

export type WorldOutcome = { figures: { [what: string]: number }; faults: string[] }
export type WorldOptions = { seed: number; leads: number; sabotage?: Partial<WorldSabotage> }

/** Runs and checks one world. Each fault carries the command that reproduces it. */
export async function evaluateWorld(
  system: PreparedSystem,
  { seed, leads, sabotage }: WorldOptions,
): Promise<WorldOutcome> {
  const world = await runWorld(system, { seed, leads, ...(sabotage && { sabotage }) })
  const { faults, figures } = await checkWorld(world)
  const command = `SEED=${seed} LEADS=${leads} npx vitest run --project proof test/crash/simulation`
  return {
    figures: { worlds: 1, leads, ...world.figures, ...figures },
    faults: faults.map((fault) => `world ${seed} (${command} prints its steps): ${fault}`),
  }
}

/** Returns every broken promise at the end of a world, judged by the receipts and by what the schools received. */
export async function checkWorld(world: SimulatedWorld): Promise<WorldOutcome> {
  const { engine, schools, visitors, observations, loop } = world
  const arrivals = groupBy(schools.log, ({ id }) => id)
  const faults: string[] = []
  const deliveries: DeliveryEvidence[] = []
  for (const id of new Set([...observations.deliveries, ...(await listPromisedDeliveries(world))])) {
    const { items } = await engine.query({ in: 'leads', ...getDeliverySpan(id), limit: 2 })
    const row = joinDeliveryRows(id, items)
    if (!row) faults.push(`${id} is missing`)
    else deliveries.push({ id, row, arrivals: arrivals.get(id) ?? [] })
  }
  for (const id of arrivals.keys())
    if (!observations.deliveries.has(id)) faults.push(`${id} arrived at a school, but no such delivery exists`)
  for (const visitor of visitors) {
    if (!visitor.receipt) faults.push(`visitor ${visitor.number} never got a response`)
    for (const changedLeadId of visitor.changedResponses)
      faults.push(`visitor ${visitor.number} got a second, different response with ${changedLeadId}`)
  }
  for (const delivery of deliveries) faults.push(...findDeliveryFaults(delivery, world))

  const byLead = groupBy(deliveries, ({ row }) => String(row.leadId))
  const visitorsByLead = new Map(visitors.map((visitor) => [visitor.receipt?.leadId, visitor]))
  for (const leadId of new Set([...observations.leads, ...visitors.flatMap(({ receipt }) => receipt?.leadId ?? [])])) {
    const row = await engine.get({ in: 'leads', key: leadKey(leadId) })
    if (!row) faults.push(`${leadId} is missing`)
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
    ...(await findSendingFaults(world)),
    ...(await findCapFaults(deliveries, world)),
    ...(await findPeopleFaults(world)),
    ...findContactFaults(world),
    ...findAccessFaults(world),
    ...findCallingFaults(world),
    ...(await findPrepaidFaults(deliveries, world)),
  )
  const repeats = schools.log.length - arrivals.size
  return { faults, figures: { ...countStates(deliveries), 'repeats that schools received': repeats } }
}

function findDeliveryFaults(
  { id, row, arrivals }: DeliveryEvidence,
  { schools, observations, visitors, loop }: SimulatedWorld,
): string[] {
  const { state, schoolId } = row
  const faults: string[] = []
  const addFault = (fault: string) => faults.push(`${id} (${String(schoolId)}, ${String(state)}) ${fault}`)
  const isStored = arrivals.some(({ verdict }) => verdict === 'stored')
  const isRefused = arrivals.some(({ verdict }) => verdict === 'rejected')
  const mayNotBeContacted = visitors.some(
    (one) => (one.hasWithdrawn || one.getListedTime) && one.email === findEmail(row),
  )
  if (state === 'delivered' && !isStored && row.takenAt === undefined) addFault('was never stored by its school')
  if (state === 'rejected' && (isStored || !isRefused)) addFault('was not rejected by its school')
  const troubleCount = schools.troubles.get(id) ?? 0
  if (state === 'dead' && !mayNotBeContacted && row.unbound === undefined && troubleCount < 15)
    addFault(`is dead after only ${troubleCount} failures of its school`)
  if (typeof row.duePk !== 'string' && !finalStates.includes(String(state))) addFault('is in no due index')
  const isDue = typeof row.dueAt === 'string' && Date.parse(row.dueAt) < loop.now() - 900_000
  if (isDue) addFault(`is overdue since ${String(row.dueAt)}`)
  for (const kind of ['webhook', 'email'])
    if (new Set(arrivals.filter((one) => one.kind === kind).map(({ body }) => body)).size > 1)
      addFault('was sent with two different bodies')
  if (arrivals.some((one) => one.schoolId !== schoolId)) addFault('arrived at another school')
  const mails = arrivals.filter(({ messageId }) => messageId)
  const hasBounced = (messageId: string | undefined) =>
    observations.bounces.some((bounce) => bounce.messageId === messageId)
  if (
    state === 'delivered' &&
    row.takenAt === undefined &&
    mails.length === arrivals.length &&
    mails.every(({ messageId }) => hasBounced(messageId))
  )
    addFault('is delivered, but every email bounced')
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
    for (const { schoolId, leadId: receivedLeadId } of arrivals) {
      if (receivedLeadId !== leadId) faults.push(`${id} named ${receivedLeadId} to ${schoolId}, not ${leadId}`)
      if (!visitor?.selectedSchoolIds.includes(schoolId))
        faults.push(`${leadId} arrived at ${schoolId}, to which its visitor did not agree`)
    }
  const schoolsWithLead = deliveries
    .filter(
      ({ row: { state, erases, withdraws, unbound, uncertain } }) =>
        !['rejected', 'erased'].includes(String(state)) &&
        (erases ?? withdraws) === undefined &&
        // What has arrived or may have counts, although its school is no longer the one that was agreed to: a replay of it ended.
        (unbound === undefined || uncertain === true || state === 'delivered'),
    )
    .map(({ row: { schoolId } }) => schoolId)
  if (new Set(schoolsWithLead).size < schoolsWithLead.length) faults.push(`${leadId} went to one school twice`)
  if (schoolsWithLead.length > 3) faults.push(`${leadId} went to ${schoolsWithLead.length} schools`)
  if (schoolsWithLead.length > 1 && schoolsWithLead.includes('gamma'))
    faults.push(`${leadId} is exclusive to gamma, but went to another school too`)
  const isOld = now - Date.parse(String(row.receivedAt)) > 29 * 86_400_000
  if (
    schoolsWithLead.length === 0 &&
    row.offerAt === undefined &&
    row.erasedAt === undefined &&
    row.withdrawnAt === undefined &&
    !isOld &&
    !isNotOffered(latest)
  )
    faults.push(`${leadId} has no school and will not be offered again`)
  return faults
}

function countStates(deliveries: readonly DeliveryEvidence[]) {
  const byState = groupBy(deliveries, ({ row }) => `deliveries ${String(row.state)} at the end`)
  return Object.fromEntries([...byState].map(([state, all]) => [state, all.length]))
}

/** A lead of a person whom the source has sent before, or who is on a list, is not offered again. */
function isNotOffered(latest: Row | undefined): boolean {
  return decisionSchema.parse(latest).verdicts.some(({ reason }) => reason === 'DUPLICATE' || reason === 'SUPPRESSED')
}

const decisionSchema = z.object({ verdicts: packed(z.array(z.object({ reason: z.string().optional() }))) })

/**
 * The deliveries of every decision, and those of the receipts of people who were not known. The receipt of a person who
 * was known shows what a stranger would get, so that it tells nothing about the person.
 */
async function listPromisedDeliveries({ engine, visitors }: SimulatedWorld): Promise<string[]> {
  const promised = visitors.map(async ({ receipt }) => {
    if (!receipt) return []
    const { pk, sk } = decisionKey(receipt.leadId, '')
    const { items } = await engine.query({ in: 'leads', pk, sk: { prefix: sk }, limit: 500 })
    const [first, ...later] = items.map((row) => promisingDecision.parse(row))
    const wasKnown = first?.verdicts.some(({ reason = '' }) => personalReasons.includes(reason)) ?? false
    const decidedIds = [first, ...later].flatMap((decision) => decision?.deliveries ?? []).map((one) => one.deliveryId)
    return [...decidedIds, ...(wasKnown ? [] : receipt.schools.map(({ deliveryId }) => deliveryId))]
  })
  return (await Promise.all(promised)).flat()
}

const personalReasons = ['SUPPRESSED', 'DUPLICATE', 'DUPLICATE_SCHOOL']
const promisingDecision = decisionSchema.extend({ deliveries: z.array(z.object({ deliveryId: z.string() })) })

function findEmail({ body }: Row): string | undefined {
  return /"email":"([^"]+)"/.exec(String(body))?.[1]
}

function groupBy<One>(all: readonly One[], of: (one: One) => string): Map<string, One[]> {
  return Map.groupBy(all, of)
}
