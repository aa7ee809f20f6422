import { describe, expect, inject, it } from 'vitest'
import type { Engine, Write } from '#shared/store/engine/engine.ts'
import { type Table, tables } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import { mapEngine } from '#test/map-engine.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import {
  create,
  deletes,
  findHalves,
  overwrite,
  type RacedKind,
  type RacingAct,
  race,
  sendLead,
} from './deletion-races.ts'

const { endpoint, missing } = inject('dynamodbLocal')
const timeoutMs = 10 * 60_000
const kinds = ['campaigns', 'schools', 'sources'] as const
// The status of the other act if it comes before the deletion, and if it comes after.
const others: { [title: string]: { act: (kind: RacedKind) => RacingAct; statuses: (kind: RacedKind) => number[] } } = {
  // A lead is accepted under the keys of a source only.
  'a lead that is being sent': { act: () => sendLead, statuses: (kind) => (kind === 'sources' ? [201, 401] : [201]) },
  'a PUT that overwrites it': { act: overwrite, statuses: () => [200, 412] },
  'a PUT that creates it': { act: create, statuses: () => [428, 201] },
}
const cases = kinds.flatMap((kind) => Object.keys(others).map((title) => ({ kind, title })))

describe.each([
  ['SQLite', memoryEngine],
  ['the engine of simulated worlds', (now: () => Date) => mapEngine({ shapes: tables, now })],
])('the deletion of a record, on %s', (_, createEngine) => {
  it.each(cases)('has one order with $title, whichever comes between the calls of the other: $kind', (one) =>
    expectOneOrder(one, (racers) => race(racers, { createEngine, between: 'calls' })),
  )
})

it('detects: a record that is written without a look at whether it still exists', async () => {
  const createEngine = (now: () => Date) => withoutRecordConditions(memoryEngine(now))
  const one = { kind: 'sources', title: 'a PUT that overwrites it' } as const
  await expect(expectOneOrder(one, (racers) => race(racers, { createEngine, between: 'calls' }))).rejects.toThrow(
    /204 200 .* to deeply equal \[\]/,
  )
})

describeUnless(missing, 'the deletion of a record on DynamoDB', () => {
  // A school takes three deletions, and twice as long as a campaign.
  it.each(cases.filter(({ kind }) => kind !== 'schools'))(
    'has one order with $title, whichever comes between the writes of the other: $kind',
    (one) =>
      expectOneOrder(one, async (racers) => {
        const { createEngine, close } = await openDynamodb(endpoint)
        const raced = await race(racers, { createEngine, between: 'transactions' })
        return raced && { ...raced, close }
      }),
    timeoutMs,
  )
})

type Case = { kind: RacedKind; title: string }
type Racers = Parameters<typeof race>[0]
type RunRace = (
  racers: Racers,
) => Promise<(NonNullable<Awaited<ReturnType<typeof race>>> & { close?: () => void }) | undefined>

/** The deletion comes before each call of the other act, and the other act before each call of the deletion. */
async function expectOneOrder({ kind, title }: Case, runRace: RunRace) {
  const otherAct = others[title]
  if (!otherAct) throw new Error(`There is no act ${title}.`)
  const [deletion, other] = [deletes[kind], otherAct.act(kind)]
  const seenStatuses = new Set<number>()
  for (const [act, rival] of [
    [deletion, other],
    [other, deletion],
  ] as const)
    for (let callNumber = 0; ; callNumber++) {
      const raced = await runRace({ act, rival, callNumber })
      if (!raced) break
      const { system, response, rivalResponse, close } = raced
      const responses =
        act === deletion ? { deletion: response, other: rivalResponse } : { deletion: rivalResponse, other: response }
      const statuses = `${responses.deletion.status} ${responses.other.status}`
      expect(
        await findHalves(system, kind, responses),
        `call ${callNumber}: ${statuses} ${responses.other.text}`,
      ).toEqual([])
      seenStatuses.add(responses.other.status)
      close?.()
    }
  expect(seenStatuses).toEqual(new Set(otherAct.statuses(kind)))
}

function withoutRecordConditions(engine: Engine<Table>): Engine<Table> {
  return {
    ...engine,
    transact: (writes) =>
      engine.transact(
        writes.flatMap((write): Write<Table>[] => {
          if ('put' in write && write.put.pk.startsWith('RECORD#')) return [{ in: write.in, put: write.put }]
          return 'check' in write && write.check.pk.startsWith('REMOVED#') ? [] : [write]
        }),
      ),
  }
}
