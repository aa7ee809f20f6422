import { describe, expect, inject, it } from 'vitest'
import { describeUnless } from '#test/describe-unless.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { testRuns, testSize } from '#test/test-sizes.ts'
import { findRushFaults, overflows, type Rush } from './concurrent-leads.ts'
import { withLatency, withNaiveCaps } from './faulty-engines.ts'
import { openDynamodb } from './open-dynamodb.ts'

const { endpoint, missing } = inject('dynamodbLocal')
const timeoutMs = 20 * 60_000

describe('500 leads at once against a cap of 100', () => {
  it.each(buildRuns(testRuns('cappedRuns')))(
    `on SQLite: 100 go there, the rest are $overflow, none is lost (run $run)`,
    (run) => expectNoFaults(() => findRushFaults(run, { createEngine: createSqliteEngine })),
    timeoutMs,
  )

  it('detects: a cap that is read and then written', async () => {
    const createEngine = (now: () => Date) => withNaiveCaps(createSqliteEngine(now))
    const faults = await findRushFaults({ leads: 500, cap: 100, overflow: 'skipped' }, { createEngine })
    expect(faults.join()).toMatch(/deliveries to the capped school: (10[1-9]|1[1-9]\d|[2-5]\d\d), not 100/)
  })
})

describeUnless(missing, 'many leads at once against a cap on DynamoDB', () => {
  const size = { leads: testSize('cappedLeadsOnDynamodb'), cap: testSize('capOnDynamodb') }
  it.each(buildRuns(testRuns('cappedRunsOnDynamodb'), size))(
    '$leads against $cap: the rest are $overflow, none is lost (run $run)',
    (run) =>
      expectNoFaults(async () => {
        const { createEngine, close } = await openDynamodb(endpoint)
        return findRushFaults(run, { createEngine }).finally(close)
      }),
    timeoutMs,
  )

  it(
    'detects: a cap that is read and then written',
    async () => {
      const { createEngine, close } = await openDynamodb(endpoint)
      const createNaiveEngine = (now: () => Date) => withNaiveCaps(createEngine(now))
      const faults = await findRushFaults(
        { leads: 30, cap: 5, overflow: 'skipped' },
        { createEngine: createNaiveEngine },
      ).finally(close)
      expect(faults.join()).toMatch(/deliveries to the capped school: ([6-9]|[12]\d|30), not 5/)
    },
    timeoutMs,
  )
})

function createSqliteEngine(now: () => Date) {
  return withLatency(memoryEngine(now))
}

function buildRuns(count: number, { leads, cap } = { leads: 500, cap: 100 }): (Rush & { run: number })[] {
  return Array.from({ length: count }, (_, index) => {
    return { run: index + 1, leads, cap, overflow: overflows[index % overflows.length] ?? 'skipped' }
  })
}

async function expectNoFaults(findFaults: () => Promise<string[]>) {
  expect(await findFaults()).toEqual([])
}
