import * as fc from 'fast-check'
import { windowOf } from '#shared/domain/routing/windows.ts'
import type { Town } from '#test/functions/town.ts'
import type { Foundations } from '#test/house.ts'
import { countersOf, deliveriesOf } from './ledger.ts'
import { aMarket, breakDown, deliverDue, later, rejectAt, story, visit } from './market.ts'

export const schools = ['alder', 'birch', 'cedar', 'dogwood'] as const
const zone = 'America/Chicago'
const maxSales = 2
/** The cap of each campaign; a school's own comes beside where there is one. */
const limits = { alder: 2, birch: 1, cedar: 3, dogwood: 2 } as const
const periods = { alder: 'day', birch: 'total', cedar: 'hour', dogwood: 'week' } as const
const ofSchool = { alder: 3, cedar: 4 } as const

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

/** Runs the commands one after another, and says what is not as promised after any of them. */
export async function faultsOf(sequence: readonly Command[], foundations: Foundations = {}) {
  const town = await cappedMarket(foundations)
  const kept: string[] = []
  const seen = { leads: 0, rejected: 0, dead: 0, delivered: 0, sold: 0 }
  for (const [at, command] of sequence.entries()) {
    await obey(town, command, kept)
    town.house.pass(0.001)
    const { faults, ...counts } = await audit(town, kept)
    Object.assign(seen, counts)
    if (faults.length > 0) return { faults: faults.map((fault) => `after command ${at + 1}: ${fault}`), seen }
  }
  return { faults: [], seen }
}

/** A town after these commands, whatever they did to it. */
export async function historyOf(sequence: readonly Command[]): Promise<Town> {
  const town = await cappedMarket({})
  for (const command of sequence) {
    await obey(town, command, [])
    town.house.pass(0.001)
  }
  return town
}

function cappedMarket(foundations: Foundations): Promise<Town> {
  const market = schools.map((id) => {
    const onReached = id === 'birch' ? 'skip' : 'park'
    const caps = [{ period: periods[id], limit: limits[id], onReached }]
    const above = id in ofSchool ? [{ period: 'day', limit: ofSchool[id as 'alder'] }] : []
    return [id, { campaign: { caps }, school: { caps: above } }] as const
  })
  return aMarket(Object.fromEntries(market), { ...foundations, source: { maxSales } })
}

async function obey(town: Town, command: Command, kept: string[]) {
  switch (command.do) {
    case 'submit': {
      const sent = command.people.map((number) => visit(town, number, {}, {}, command.tick))
      for (const { receipt } of await Promise.all(sent)) kept.push(receipt.leadId)
      return
    }
    case 'deliver':
      rejectAt(town, ...command.rejecting)
      return deliverDue(town)
    case 'kill':
      breakDown(town)
      for (let attempt = 0; attempt < 15; attempt++) {
        town.house.pass(1.3 * 86_400)
        await deliverDue(town)
      }
      return
    case 'offer':
      return town.house.offer()
    case 'pass':
      return later(town, command.seconds)
  }
}

async function audit({ house, ...town }: Town, kept: readonly string[]) {
  const faults: string[] = []
  const all = (await Promise.all(schools.map((id) => deliveriesOf(house, id)))).flat()
  const counted = all.filter(({ state }) => state !== 'rejected' && state !== 'dead')

  for (const id of schools) {
    const mine = counted.filter(({ schoolId }) => schoolId === id)
    const at = mine.map(({ createdAt }) => createdAt)
    await compare(`campaigns#${id}`, `leads-${periods[id]}`, periods[id], limits[id], at)
    if (id in ofSchool) await compare(`schools#${id}`, 'leads-day', 'day', ofSchool[id as 'alder'], at)
  }
  for (const leadId of kept) {
    const { deliveries, consent } = await story({ house, ...town }, leadId).catch(() => {
      faults.push(`${leadId} was answered with 201 and is not there`)
      return { deliveries: [], consent: { schoolIds: [] as string[] } }
    })
    const ids = deliveries.map(({ schoolId }) => schoolId)
    if (new Set(ids).size < ids.length) faults.push(`${leadId} went twice to one school: ${ids}`)
    if (ids.some((id) => !consent?.schoolIds.includes(id))) faults.push(`${leadId} went beyond its consent: ${ids}`)
    const live = deliveries.filter(({ state }) => state !== 'rejected')
    if (live.length > maxSales) faults.push(`${leadId} has ${live.length} takers`)
  }
  const inState = (wanted: string) => all.filter(({ state }) => state === wanted).length
  const sold = new Set(all.map(({ leadId }) => leadId)).size
  const states = { rejected: inState('rejected'), dead: inState('dead'), delivered: inState('delivered') }
  return { faults, leads: kept.length, sold, ...states }

  async function compare(owner: string, cap: string, period: Period, limit: number, made: readonly string[]) {
    const windows = Map.groupBy(made, (at) => `${cap}#${windowOf(period, at, zone).start}`)
    const counters = await countersOf(house, owner)
    for (const name of new Set([...windows.keys(), ...Object.keys(counters)])) {
      const rows = windows.get(name)?.length ?? 0
      const counter = counters[name] ?? 0
      if (rows > limit) faults.push(`${owner} has ${rows} in ${name}, over its cap of ${limit}`)
      if (rows !== counter) faults.push(`${owner} counts ${counter} in ${name}, and ${rows} are there`)
    }
  }
}
