import * as fc from 'fast-check'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { aMarket, deliverDue, rejectAt, visit } from '#test/functions/routing/market.ts'
import type { Town } from '#test/functions/town.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { bounceLast } from './bounce-last.ts'
import { type Answers, audit, deliveriesOfAll } from './ledger.ts'

export const schools = ['alder', 'birch', 'cedar'] as const
const acts = ['ask', 'ask otherwise', 'accept', 'accept', 'refuse', 'replay', 'bounce', 'erase'] as const
type Act = { do: (typeof acts)[number]; at: number }
type Command =
  | { do: 'submit'; person: number }
  | { do: 'deliver'; rejecting: readonly string[] }
  | { do: 'rush'; acts: readonly Act[] }

/** Much at once at few deliveries, so that they get in each other's way. */
export const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('submit' as const), person: fc.integer({ min: 3, max: 6 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('deliver' as const), rejecting: fc.subarray(['alder', 'birch']) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('rush' as const),
        acts: fc.array(fc.record({ do: fc.constantFrom(...acts), at: fc.nat(5) }), { minLength: 3, maxLength: 12 }),
      }),
    },
  ),
  { minLength: 3, maxLength: 16, size: 'max' },
)

/** Something to return. */
const opening: readonly Command[] = [
  { do: 'submit', person: 1 },
  { do: 'submit', person: 2 },
  { do: 'deliver', rejecting: [] },
]

/** Two schools that buy by webhook and one by e-mail, each with a cap, a budget and credit. */
function aCappedMarket(between: (engine: Engine<Table>) => Engine<Table>): Promise<Town> {
  const caps = [
    { period: 'day', limit: 4 },
    { period: 'total', limit: 100_000, unit: 'cents' },
  ]
  const school = { creditCents: 60_000 }
  const byMail = { caps, endpoint: { kind: 'email', to: 'leads@cedar.example' } }
  const stalls = { alder: { campaign: { caps }, school }, birch: { campaign: { caps }, school } }
  const engineOf = (now: () => Date) => between(memoryEngine(now))
  return aMarket({ ...stalls, cedar: { campaign: byMail, school } }, { engineOf })
}

/** Runs the commands one after another, the acts of a rush at once, and says what is not as promised after any. */
export async function faultsOf(sequence: readonly Command[], between = (engine: Engine<Table>) => engine) {
  const town = await aCappedMarket(between)
  const keys = Object.fromEntries(
    await Promise.all(schools.map(async (id) => [id, await town.house.schoolKey(id)] as const)),
  )
  const answers: Answers = []
  for (const command of opening) await obey(town, command, keys, answers)
  for (const [at, command] of sequence.entries()) {
    await obey(town, command, keys, answers)
    town.house.pass(61)
    const { faults, seen } = await audit(town, schools, answers)
    if (faults.length > 0) return { faults: faults.map((fault) => `after command ${at + 1}: ${fault}`), seen }
  }
  return { faults: [], seen: (await audit(town, schools, answers)).seen }
}

async function obey(town: Town, command: Command, keys: { [schoolId: string]: string }, answers: Answers) {
  if (command.do === 'submit') return visit(town, command.person)
  if (command.do === 'deliver') {
    rejectAt(town, ...command.rejecting)
    return deliverDue(town)
  }
  const all = await deliveriesOfAll(town, schools)
  await Promise.all(
    command.acts.map(async ({ do: act, at }) => {
      const delivery = all.at(at % Math.max(all.length, 1))
      if (!delivery) return
      const status = await actOn(town, act, delivery, keys[delivery.schoolId] ?? '')
      answers.push({ deliveryId: delivery.deliveryId, act, status })
    }),
  )
}

type Whose = { deliveryId: string; leadId: string }

async function actOn(town: Town, act: Act['do'], { deliveryId, leadId }: Whose, key: string): Promise<number> {
  const { house } = town
  const ask = async (reason: string) => {
    const given = { headers: { authorization: `Bearer ${key}` }, body: { reason } }
    return (await house.call('POST', `/v1/school/deliveries/${deliveryId}/returns`, given)).status
  }
  const staff = async (path: string, body?: object) =>
    (await house.staff('POST', `/v1/ops/${path}`, body && { body })).status
  switch (act) {
    case 'ask':
      return ask('invalid-contact')
    case 'ask otherwise':
      return ask('duplicate')
    case 'accept':
      return staff(`deliveries/${deliveryId}/return/accept`, {})
    case 'refuse':
      return staff(`deliveries/${deliveryId}/return/refuse`, { answer: 'No.' })
    case 'replay':
      return staff(`deliveries/${deliveryId}/replay`)
    case 'erase':
      return staff('erasures', { leadId })
    case 'bounce':
      return bounceLast(town, deliveryId)
  }
}
