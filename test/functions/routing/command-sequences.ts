import * as fc from 'fast-check'
import { findCapWindow } from '#shared/domain/routing/windows.ts'
import type { TestApiOptions } from '#test/create-test-api.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import {
  advanceTime,
  createTestMarket,
  deliverDue,
  failAllDeliveries,
  readTimeline,
  setRejectingSchools,
  visit,
} from './create-test-market.ts'
import { listDeliveries, readCounters } from './stored-rows.ts'

export const schools = ['alder', 'birch', 'cedar', 'dogwood'] as const
const zone = 'America/Chicago'
const maxSales = 2
/** The cap of each campaign. Some schools have a cap of their own, too. */
const limits = { alder: 2, birch: 1, cedar: 3, dogwood: 2 } as const
const periods = { alder: 'day', birch: 'total', cedar: 'hour', dogwood: 'week' } as const
const schoolLimits = { alder: 3, cedar: 4 } as const

type Period = (typeof periods)[keyof typeof periods]

export type Command =
  | { do: 'submit'; people: readonly number[]; tick: readonly string[] }
  | { do: 'deliver'; rejecting: readonly string[] }
  | { do: 'kill' }
  | { do: 'offer' }
  | { do: 'pass'; seconds: number }

const someSchools = fc.subarray([...schools], { minLength: 1 })
export const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('submit' as const),
        people: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        tick: someSchools,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('deliver' as const), rejecting: fc.subarray([...schools]) }),
    },
    { weight: 3, arbitrary: fc.constant({ do: 'offer' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 3600, 86_400, 604_800) }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'kill' as const }) },
  ),
  { minLength: 1, maxLength: 20, size: 'max' },
)

/** A history with every outcome. A few random ones may lack one, and then a test would say nothing about it. */
export const everyOutcome: Command[] = [
  { do: 'submit', people: [1, 2], tick: ['alder', 'birch'] },
  { do: 'deliver', rejecting: ['birch'] },
  { do: 'offer' },
  { do: 'submit', people: [3], tick: ['cedar'] },
  { do: 'kill' },
  { do: 'submit', people: [4, 5, 6, 7], tick: ['dogwood'] },
  { do: 'deliver', rejecting: [] },
]

/** Runs the commands in order and returns the broken promises after the first command that breaks one. */
export async function findFaults(sequence: readonly Command[], foundations: TestApiOptions = {}) {
  const system = await createCappedMarket(foundations)
  const leadIds: string[] = []
  const totals = { leads: 0, rejected: 0, dead: 0, delivered: 0, sold: 0 }
  for (const [at, command] of sequence.entries()) {
    await runCommand(system, command, leadIds)
    system.api.advanceClock(0.001)
    const { faults, ...counts } = await audit(system, leadIds)
    Object.assign(totals, counts)
    if (faults.length > 0) return { faults: faults.map((fault) => `after command ${at + 1}: ${fault}`), totals }
  }
  return { faults: [], totals }
}

/** Returns a system after these commands. */
export async function runHistory(sequence: readonly Command[]): Promise<TestSystem> {
  const system = await createCappedMarket({})
  for (const command of sequence) {
    await runCommand(system, command, [])
    system.api.advanceClock(0.001)
  }
  return system
}

function createCappedMarket(foundations: TestApiOptions): Promise<TestSystem> {
  const schoolSpecs = schools.map((id) => {
    const onReached = id === 'birch' ? 'skip' : 'park'
    const caps = [{ period: periods[id], limit: limits[id], onReached }]
    const schoolCaps = id in schoolLimits ? [{ period: 'day', limit: schoolLimits[id as 'alder'] }] : []
    return [id, { campaign: { caps }, school: { caps: schoolCaps } }] as const
  })
  return createTestMarket(Object.fromEntries(schoolSpecs), { ...foundations, source: { maxSales } })
}

async function runCommand(system: TestSystem, command: Command, leadIds: string[]) {
  switch (command.do) {
    case 'submit': {
      const submissions = command.people.map((number) => visit(system, number, {}, {}, command.tick))
      for (const { receipt } of await Promise.all(submissions)) leadIds.push(receipt.leadId)
      return
    }
    case 'deliver':
      setRejectingSchools(system, ...command.rejecting)
      return deliverDue(system)
    case 'kill':
      failAllDeliveries(system)
      for (let attempt = 0; attempt < 15; attempt++) {
        system.api.advanceClock(1.3 * 86_400)
        await deliverDue(system)
      }
      return
    case 'offer':
      return system.api.offer()
    case 'pass':
      return advanceTime(system, command.seconds)
  }
}

async function audit({ api, ...system }: TestSystem, leadIds: readonly string[]) {
  const faults: string[] = []
  const all = (await Promise.all(schools.map((id) => listDeliveries(api, id)))).flat()
  const countedDeliveries = all.filter(({ state }) => state !== 'rejected' && state !== 'dead')

  for (const id of schools) {
    const schoolDeliveries = countedDeliveries.filter(({ schoolId }) => schoolId === id)
    const at = schoolDeliveries.map(({ createdAt }) => createdAt)
    await compareCounters(`campaigns#${id}`, `leads-${periods[id]}`, periods[id], limits[id], at)
    if (id in schoolLimits) await compareCounters(`schools#${id}`, 'leads-day', 'day', schoolLimits[id as 'alder'], at)
  }
  for (const leadId of leadIds) {
    const { deliveries, consent } = await readTimeline({ api, ...system }, leadId).catch(() => {
      faults.push(`${leadId} was answered with 201 and is not there`)
      return { deliveries: [], consent: { schoolIds: [] as string[] } }
    })
    const ids = deliveries.map(({ schoolId }) => schoolId)
    if (new Set(ids).size < ids.length) faults.push(`${leadId} went twice to one school: ${ids}`)
    if (ids.some((id) => !consent?.schoolIds.includes(id))) faults.push(`${leadId} went beyond its consent: ${ids}`)
    const live = deliveries.filter(({ state }) => state !== 'rejected')
    if (live.length > maxSales) faults.push(`${leadId} has ${live.length} takers`)
  }
  const inState = (expectedState: string) => all.filter(({ state }) => state === expectedState).length
  const sold = new Set(all.map(({ leadId }) => leadId)).size
  const states = { rejected: inState('rejected'), dead: inState('dead'), delivered: inState('delivered') }
  return { faults, leads: leadIds.length, sold, ...states }

  async function compareCounters(
    owner: string,
    cap: string,
    period: Period,
    limit: number,
    createdTimes: readonly string[],
  ) {
    const windows = Map.groupBy(createdTimes, (at) => `${cap}#${findCapWindow(period, at, zone).start}`)
    const counters = await readCounters(api, owner)
    for (const name of new Set([...windows.keys(), ...Object.keys(counters)])) {
      const rows = windows.get(name)?.length ?? 0
      const counter = counters[name] ?? 0
      if (rows > limit) faults.push(`${owner} has ${rows} in ${name}, over its cap of ${limit}`)
      if (rows !== counter) faults.push(`${owner} counts ${counter} in ${name}, and ${rows} are there`)
    }
  }
}
