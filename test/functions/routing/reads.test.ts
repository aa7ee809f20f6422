import { describe, expect, it } from 'vitest'
import { candidateKey } from '#shared/store/keys.ts'
import { pack } from '#shared/store/packed.ts'
import { aLead, ask, aVisitor, send, type Town } from '#test/functions/town.ts'
import { aMarket } from './market.ts'

const names = Array.from({ length: 20 }, (_, at) => `school-${String(at).padStart(2, '0')}`)
const capped = { campaign: { caps: [{ period: 'day', limit: 50 }] } }
const atOnce = 100

describe('what a match and a lead read', () => {
  it('is the same with 10, 1,000 and 100,000 campaigns in the catalogue and 20 candidates each', async () => {
    const town = await aMarket(Object.fromEntries(names.map((name) => [name, capped])))
    const counted = []
    let there = 0
    for (const size of [10, 1000, 100_000]) {
      await addElsewhere(town, there, size)
      there = size
      counted.push({ size, ...(await readsOf(town, counted.length)) })
    }
    console.log(counted)
    const [first, ...others] = counted.map(({ size: _, ...reads }) => reads)
    expect(others).toEqual([first, first])
    expect(first).toMatchObject({ candidates: 20, match: { queries: 2 }, lead: { queries: 2, transactions: 1 } })
  }, 120_000)

  it('would be seen to grow, had the candidates of one career and state to be found among more', async () => {
    const town = await aMarket({ alder: {} })
    const before = await readsOf(town, 1)
    await addElsewhere(town, 0, 1000, 'health-record-technician')
    expect((await readsOf(town, 2)).match.queries).toBeGreaterThan(before.match.queries)
  })
})

/** Campaigns like the others, of careers that have 20 candidates each. */
async function addElsewhere({ house }: Town, from: number, to: number, of?: string) {
  const [like] = await house.needsOf('operator').routing.candidates('health-record-technician', 'TX')
  if (!like) throw new Error('There is no campaign to make others like.')
  for (let start = from; start < to; start += atOnce) {
    const count = Math.min(atOnce, to - start)
    await house.engine.transact(
      Array.from({ length: count }, (_, index) => {
        const id = `other-${start + index}`
        const key = candidateKey(of ?? `career-${Math.floor((start + index) / 20)}`, 'TX', id)
        return { in: 'catalog', put: { ...key, ...pack({ ...like, campaign: { ...like.campaign, id } }) } } as const
      }),
    )
  }
}

async function readsOf(town: Town, number: number) {
  const { house } = town
  const since = () => {
    const { gets, queries, transactions } = house.watch
    return () => ({
      gets: house.watch.gets - gets,
      queries: house.watch.queries - queries,
      transactions: house.watch.transactions - transactions,
    })
  }
  const ofMatch = since()
  const found = await ask(town)
  const match = ofMatch()
  const ofLead = since()
  const { status } = await send(town, aLead(found, number), { 'idempotency-key': `reads-${number}` })
  if (status !== 201) throw new Error('The lead was refused.')
  const lead = ofLead()
  const { body } = await house.staff('POST', '/v1/ops/matches', { body: aVisitor({ sourceId: 'landing' }) })
  return { match, lead, candidates: JSON.stringify(body).split('"campaignId"').length - 1 }
}
