import * as fc from 'fast-check'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { createTestMarket, deliverDue, setRejectingSchools, visit } from '#test/functions/routing/create-test-market.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { auditReturns, listAllDeliveries, type ReturnActions } from './audit-returns.ts'
import { bounceLastEmail } from './bounce-last-email.ts'

export const schools = ['alder', 'birch', 'cedar'] as const
const acts = ['ask', 'ask otherwise', 'accept', 'accept', 'refuse', 'replay', 'bounce', 'erase'] as const
type Act = { do: (typeof acts)[number]; at: number }
type Command =
  | { do: 'submit'; person: number }
  | { do: 'deliver'; rejecting: readonly string[] }
  | { do: 'rush'; acts: readonly Act[] }

/** Many concurrent acts on few deliveries, so that they conflict. */
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

/** Each act, those of staff at once, so that without a condition both would be recorded. */
export const everyAct: Command[] = [
  { do: 'rush', acts: [{ do: 'ask', at: 0 }] },
  {
    do: 'rush',
    acts: [
      { do: 'accept', at: 0 },
      { do: 'accept', at: 0 },
      { do: 'refuse', at: 0 },
    ],
  },
  { do: 'rush', acts: [{ do: 'bounce', at: 4 }] },
  { do: 'rush', acts: [{ do: 'replay', at: 4 }] },
  { do: 'deliver', rejecting: [] },
]

/** Creates deliveries that can be returned. */
const opening: readonly Command[] = [
  { do: 'submit', person: 1 },
  { do: 'submit', person: 2 },
  { do: 'deliver', rejecting: [] },
]

/** Two schools with a webhook and one with email delivery, each with a cap, a budget and a credit limit. */
function aCappedMarket(between: (engine: Engine<Table>) => Engine<Table>): Promise<TestSystem> {
  const caps = [
    { period: 'day', limit: 4 },
    { period: 'total', limit: 100_000, unit: 'cents' },
  ]
  const schoolFields = { creditCents: 60_000 }
  const emailCampaign = { caps, endpoint: { kind: 'email', to: 'leads@cedar.example' } }
  const marketSchools = {
    alder: { campaign: { caps }, school: schoolFields },
    birch: { campaign: { caps }, school: schoolFields },
  }
  const createEngine = (now: () => Date) => between(memoryEngine(now))
  return createTestMarket(
    { ...marketSchools, cedar: { campaign: emailCampaign, school: schoolFields } },
    { createEngine },
  )
}

/** Runs the commands in order and the acts of a rush concurrently, and returns the faults after the first bad command. */
export async function findFaults(sequence: readonly Command[], between = (engine: Engine<Table>) => engine) {
  const system = await aCappedMarket(between)
  const keys = Object.fromEntries(
    await Promise.all(schools.map(async (id) => [id, await system.api.schoolKey(id)] as const)),
  )
  const actions: ReturnActions = []
  for (const command of opening) await runCommand(system, command, keys, actions)
  for (const [at, command] of sequence.entries()) {
    await runCommand(system, command, keys, actions)
    system.api.advanceClock(61)
    const { faults, counts } = await auditReturns(system, schools, actions)
    if (faults.length > 0) return { faults: faults.map((fault) => `after command ${at + 1}: ${fault}`), seen: counts }
  }
  return { faults: [], seen: (await auditReturns(system, schools, actions)).counts }
}

async function runCommand(
  system: TestSystem,
  command: Command,
  keys: { [schoolId: string]: string },
  actions: ReturnActions,
) {
  if (command.do === 'submit') return visit(system, command.person)
  if (command.do === 'deliver') {
    setRejectingSchools(system, ...command.rejecting)
    return deliverDue(system)
  }
  const all = await listAllDeliveries(system, schools)
  await Promise.all(
    command.acts.map(async ({ do: act, at }) => {
      const delivery = all.at(at % Math.max(all.length, 1))
      if (!delivery) return
      const status = await performAct(system, act, delivery, keys[delivery.schoolId] ?? '')
      actions.push({ deliveryId: delivery.deliveryId, act, status })
    }),
  )
}

type DeliveryRef = { deliveryId: string; leadId: string }

async function performAct(
  system: TestSystem,
  act: Act['do'],
  { deliveryId, leadId }: DeliveryRef,
  key: string,
): Promise<number> {
  const { api } = system
  const ask = async (reason: string) => {
    const returnRequest = { headers: { authorization: `Bearer ${key}` }, body: { reason } }
    return (await api.call('POST', `/v1/school/deliveries/${deliveryId}/returns`, returnRequest)).status
  }
  const staff = async (path: string, body?: object) =>
    (await api.staff('POST', `/v1/ops/${path}`, body && { body })).status
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
      return bounceLastEmail(system, deliveryId)
  }
}
