import { describe, expect, inject, it } from 'vitest'
import { submitLead } from '#shared/contract/capture/capture.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { aLead, ask, send } from '#test/functions/town.ts'
import type { Foundations } from '#test/house.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { deliveriesOf, leadRows } from './ledger.ts'
import { aMarket } from './market.ts'
import { openDynamodb } from './open-dynamodb.ts'
import { atADistance } from './sabotage.ts'

const { endpoint, missing } = inject('dynamodbLocal')
const times = 8
const patience = 300_000

describe('a key that comes 8 times at once', () => {
  it(
    'is answered with the same bytes each time, and 1,000 keys make 1,000 leads',
    async () => {
      const engineOf = (now: () => Date) => atADistance(memoryEngine(now))
      expect(await outcomeOf(1000, { engineOf })).toEqual(wanted(1000))
    },
    patience,
  )

  it('would be seen to make more leads, were the answer not kept with the lead', async () => {
    const engineOf = (now: () => Date) => {
      const engine = atADistance(memoryEngine(now))
      const forgets = (pk: string) => pk.startsWith('ANSWER#')
      return {
        ...engine,
        transact: (writes: Parameters<typeof engine.transact>[0]) =>
          engine.transact(writes.filter((write) => !('put' in write && forgets(write.put.pk)))),
      }
    }
    expect(await outcomeOf(5, { engineOf })).not.toEqual(wanted(5))
  })
})

describeUnless(missing, 'a key that comes 8 times at once on DynamoDB', () => {
  it(
    'is answered with the same bytes each time, and 10 keys make 10 leads',
    async () => {
      const { engineOf, close } = await openDynamodb(endpoint)
      expect(await outcomeOf(10, { engineOf }).finally(close)).toEqual(wanted(10))
    },
    patience,
  )
})

function wanted(keys: number) {
  return { answers: keys * times, texts: keys, keysOfOneText: keys, leads: keys, deliveries: keys, firsts: keys }
}

async function outcomeOf(keys: number, foundations: Foundations) {
  const town = await aMarket({ alder: {} }, foundations)
  const match = await ask(town)
  const sendUntilTaken = async (number: number) => {
    for (;;) {
      const answer = await send(town, aLead(match, number), { 'idempotency-key': `key-${number}` })
      if (answer.status !== 503) return { number, ...answer }
    }
  }
  const all = Array.from({ length: keys * times }, (_, at) => sendUntilTaken(at % keys))
  const answers = (await Promise.all(all)).filter(({ status }) => status === 201)
  const ids = answers.map(({ body }) => submitLead.responses[201].body.parse(body).leadId)
  const byKey = Map.groupBy(answers, ({ number }) => number)
  return {
    answers: answers.length,
    texts: new Set(answers.map(({ text }) => text)).size,
    keysOfOneText: [...byKey.values()].filter((same) => new Set(same.map(({ text }) => text)).size === 1).length,
    leads: (await leadRows(town.house, '2026-11-23')).filter(({ leadId }) => ids.includes(leadId)).length,
    deliveries: (await deliveriesOf(town.house, 'alder')).length,
    firsts: answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined).length,
  }
}
