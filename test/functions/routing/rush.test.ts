import { describe, expect, inject, it } from 'vitest'
import { describeUnless } from '#test/describe-unless.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { openDynamodb } from './open-dynamodb.ts'
import { faultsOfRush, overflows, type Rush } from './rush.ts'
import { atADistance, naiveCaps } from './sabotage.ts'

// On SQLite always 20 runs; on DynamoDB Local the same with RUNS=20, which takes about 5 minutes.
const asked = Number(process.env.RUNS ?? 0)
const { endpoint, missing } = inject('dynamodbLocal')
const patience = 20 * 60_000

describe('500 leads at once against a cap of 100', () => {
  it.each(runs(asked || 20))(
    `on SQLite: 100 go there, the rest are $overflow, none is lost (run $run)`,
    (run) => rush(run, () => faultsOfRush(run, { engineOf: overSqlite })),
    patience,
  )

  it('would be seen to oversell, were the cap read and then written', async () => {
    const engineOf = (now: () => Date) => naiveCaps(overSqlite(now))
    const faults = await faultsOfRush({ leads: 500, cap: 100, overflow: 'skipped' }, { engineOf })
    expect(faults.join()).toMatch(/deliveries to the capped school: (10[1-9]|1[1-9]\d|[2-5]\d\d), not 100/)
  })
})

describeUnless(missing, 'many leads at once against a cap on DynamoDB', () => {
  const size = asked ? { leads: 500, cap: 100 } : { leads: 60, cap: 20 }
  it.each(runs(asked || 3, size))(
    '$leads against $cap: the rest are $overflow, none is lost (run $run)',
    (run) =>
      rush(run, async () => {
        const { engineOf, close } = await openDynamodb(endpoint)
        return faultsOfRush(run, { engineOf }).finally(close)
      }),
    patience,
  )

  it(
    'would be seen to oversell, were the cap read and then written',
    async () => {
      const { engineOf, close } = await openDynamodb(endpoint)
      const naive = (now: () => Date) => naiveCaps(engineOf(now))
      const faults = await faultsOfRush({ leads: 30, cap: 5, overflow: 'skipped' }, { engineOf: naive }).finally(close)
      expect(faults.join()).toMatch(/deliveries to the capped school: ([6-9]|[12]\d|30), not 5/)
    },
    patience,
  )
})

function overSqlite(now: () => Date) {
  return atADistance(memoryEngine(now))
}

function runs(count: number, { leads, cap } = { leads: 500, cap: 100 }): (Rush & { run: number })[] {
  return Array.from({ length: count }, (_, index) => {
    return { run: index + 1, leads, cap, overflow: overflows[index % overflows.length] ?? 'skipped' }
  })
}

async function rush({ run, overflow }: Rush & { run: number }, faultsOf: () => Promise<string[]>) {
  const started = performance.now()
  expect(await faultsOf()).toEqual([])
  if (asked) console.log(`run ${run} (${overflow}): ${Math.round(performance.now() - started)} ms`)
}
