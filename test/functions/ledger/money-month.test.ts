import { describe, expect, inject, it } from 'vitest'
import { createSeededRandom } from '#local/week/seeded-random.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { returnKey, type Table } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { forgottenReversals } from '#test/functions/returns/faulty-stores.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { testSeed } from '#test/test-seed.ts'
import { testSize } from '#test/test-sizes.ts'
import { playCommands } from './money-month.ts'

const seed = testSeed()
const timeoutMs = 3_600_000
const { endpoint, missing } = inject('dynamodbLocal')

const play = (commandCount: number, createEngine: (now: () => Date) => Engine<Table>, from = seed) =>
  playCommands({ commandCount, random: createSeededRandom(from) }, createEngine)

describe('the ledger after random commands', () => {
  it(
    `has statements that equal a recount from the raw leads, and closed ones that never change (seed ${seed})`,
    async () => {
      const { faults, happenings, closedStatements } = await play(testSize('ledgerCommands'), memoryEngine)
      console.log(`seed ${seed}: ${happenings.length} entries, ${closedStatements} closed statements`)
      expect(faults).toEqual([])
      expect(happenings.length).toBeGreaterThan(50)
      expect(closedStatements).toBeGreaterThan(0)
    },
    timeoutMs,
  )

  it.each([
    ['a charge that is not made again after a bounce', forgottenReversals],
    ['a credit that is not entered', withoutCredits],
    ['a replay that moves the charge to another month', withMovedCharges],
    ['a payout that is not taken back for a returned lead', withoutChargebacks],
  ])(
    'detects: %s',
    async (_, sabotage) => {
      for (let from = 1; from <= 20; from++) {
        const { faults } = await play(150, (now) => sabotage(memoryEngine(now)), from)
        if (faults.length > 0) return console.log(`${sabotage.name}: ${faults[0]}`)
      }
      expect.fail('The fault was not seen in 20 runs.')
    },
    timeoutMs,
  )
})

describeUnless(missing, 'the ledger after random commands on DynamoDB', () => {
  it(
    `has statements that equal a recount from the raw leads (seed ${seed})`,
    async () => {
      const { createEngine, close } = await openDynamodb(endpoint)
      const { faults, happenings } = await play(testSize('ledgerCommandsOnDynamodb'), createEngine)
      close()
      console.log(`seed ${seed}: ${happenings.length} entries`)
      expect(faults).toEqual([])
    },
    timeoutMs,
  )
})

/** A store that accepts returns without a credit in the ledger. */
function withoutCredits(engine: Engine<Table>): Engine<Table> {
  return {
    ...engine,
    transact: (writes) =>
      engine.transact(
        writes.map((write) => {
          if (!('change' in write) || write.change.sk !== returnKey('').sk || !write.set?.ledgerPk) return write
          const { ledgerPk: _pk, ledgerSk: _sk, ...set } = write.set
          return { ...write, set }
        }),
      ),
  }
}

/** A store that accepts returns without taking the payout back. */
function withoutChargebacks(engine: Engine<Table>): Engine<Table> {
  return {
    ...engine,
    transact: (writes) =>
      engine.transact(
        writes.map((write) => {
          if (!('change' in write) || write.change.sk !== returnKey('').sk || !write.set?.payoutPk) return write
          const { payoutPk: _pk, payoutSk: _sk, ...set } = write.set
          return { ...write, set }
        }),
      ),
  }
}

/** A store whose replays give the charge of a delivery the time of the replay. */
function withMovedCharges(engine: Engine<Table>): Engine<Table> {
  return {
    ...engine,
    transact: (writes) =>
      engine.transact(
        writes.map((write) => {
          if (!('change' in write) || typeof write.set?.replayedAt !== 'string') return write
          const deliveryId = write.change.pk.slice('DELIVERY#'.length)
          return { ...write, set: { ...write.set, ledgerSk: `${write.set.replayedAt}#${deliveryId}:charge` } }
        }),
      ),
  }
}
