import { describe, expect, inject, it } from 'vitest'
import { submitLead } from '#shared/contract/capture/capture.ts'
import type { TestApiOptions } from '#test/create-test-api.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { aLead, postLead, requestMatch } from '#test/functions/create-test-system.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { testSize } from '#test/test-sizes.ts'
import { createTestMarket } from './create-test-market.ts'
import { withLatency } from './faulty-engines.ts'
import { openDynamodb } from './open-dynamodb.ts'
import { listDeliveries, readLeadRows } from './stored-rows.ts'

const { endpoint, missing } = inject('dynamodbLocal')
const times = 8
const timeoutMs = 300_000

describe('a key that is sent 8 times at once', () => {
  it(
    'is answered with the same bytes each time, and each key makes one lead',
    async () => {
      const createEngine = (now: () => Date) => withLatency(memoryEngine(now))
      const keys = testSize('concurrentKeys')
      expect(await countOutcomes(keys, { createEngine })).toEqual(expectedCounts(keys))
    },
    timeoutMs,
  )

  it('detects: a response that is not saved with the lead', async () => {
    const createEngine = (now: () => Date) => {
      const engine = withLatency(memoryEngine(now))
      const forgets = (pk: string) => pk.startsWith('RESPONSE#')
      return {
        ...engine,
        transact: (writes: Parameters<typeof engine.transact>[0]) =>
          engine.transact(writes.filter((write) => !('put' in write && forgets(write.put.pk)))),
      }
    }
    expect(await countOutcomes(5, { createEngine })).not.toEqual(expectedCounts(5))
  })
})

describeUnless(missing, 'a key that is sent 8 times at once on DynamoDB', () => {
  it(
    'gets the same bytes each time, and 10 keys create 10 leads',
    async () => {
      const { createEngine, close } = await openDynamodb(endpoint)
      expect(await countOutcomes(10, { createEngine }).finally(close)).toEqual(expectedCounts(10))
    },
    timeoutMs,
  )
})

function expectedCounts(keys: number) {
  return { answers: keys * times, texts: keys, keysOfOneText: keys, leads: keys, deliveries: keys, firsts: keys }
}

async function countOutcomes(keys: number, foundations: TestApiOptions) {
  const system = await createTestMarket({ alder: {} }, foundations)
  const match = await requestMatch(system)
  const sendUntilAccepted = async (number: number) => {
    for (;;) {
      const response = await postLead(system, aLead(match, number), { 'idempotency-key': `key-${number}` })
      if (response.status !== 503) return { number, ...response }
    }
  }
  const all = Array.from({ length: keys * times }, (_, at) => sendUntilAccepted(at % keys))
  const responses = (await Promise.all(all)).filter(({ status }) => status === 201)
  const ids = responses.map(({ body }) => submitLead.responses[201].body.parse(body).leadId)
  const byKey = Map.groupBy(responses, ({ number }) => number)
  return {
    answers: responses.length,
    texts: new Set(responses.map(({ text }) => text)).size,
    keysOfOneText: [...byKey.values()].filter(
      (keyResponses) => new Set(keyResponses.map(({ text }) => text)).size === 1,
    ).length,
    leads: (await readLeadRows(system.api, '2026-11-23')).filter(({ leadId }) => ids.includes(leadId)).length,
    deliveries: (await listDeliveries(system.api, 'alder')).length,
    firsts: responses.filter(({ headers }) => headers['idempotency-replayed'] === undefined).length,
  }
}
