import { describe, expect, it } from 'vitest'
import { candidateKey } from '#shared/store/keys.ts'
import { pack } from '#shared/store/packed.ts'
import { aLead, aVisitor, postLead, requestMatch, type TestSystem } from '#test/functions/create-test-system.ts'
import { createTestMarket } from './create-test-market.ts'

const names = Array.from({ length: 20 }, (_, at) => `school-${String(at).padStart(2, '0')}`)
const cappedSchool = { campaign: { caps: [{ period: 'day', limit: 50 }] } }
const atOnce = 100

describe('the reads of a match and a lead', () => {
  it('are the same with 10, 1,000 and 100,000 campaigns in the catalog and 20 candidates each', async () => {
    const system = await createTestMarket(Object.fromEntries(names.map((name) => [name, cappedSchool])))
    const measurements = []
    let campaignCount = 0
    for (const size of [10, 1000, 100_000]) {
      await addElsewhere(system, campaignCount, size)
      campaignCount = size
      measurements.push({ size, ...(await countReads(system, measurements.length)) })
    }
    console.log(measurements)
    const [first, ...others] = measurements.map(({ size: _, ...reads }) => reads)
    expect(others).toEqual([first, first])
    // Two queries for candidates, and one for records that are being published: there are none.
    expect(first).toMatchObject({ candidates: 20, match: { queries: 3 }, lead: { queries: 3, transactions: 1 } })
  })

  it('detects: more candidates of one career and state', async () => {
    const system = await createTestMarket({ alder: {} })
    const before = await countReads(system, 1)
    await addElsewhere(system, 0, 1000, 'health-record-technician')
    expect((await countReads(system, 2)).match.queries).toBeGreaterThan(before.match.queries)
  })
})

/** Adds copies of a campaign to other careers, 20 candidates each. */
async function addElsewhere({ api }: TestSystem, from: number, to: number, careerSlug?: string) {
  const [template] = await api.createDependencies('operator').routing.candidates('health-record-technician', 'TX')
  if (!template) throw new Error('There is no campaign to make others like.')
  for (let start = from; start < to; start += atOnce) {
    const count = Math.min(atOnce, to - start)
    await api.engine.transact(
      Array.from({ length: count }, (_, index) => {
        const id = `other-${start + index}`
        const key = candidateKey(careerSlug ?? `career-${Math.floor((start + index) / 20)}`, 'TX', id)
        return {
          in: 'catalog',
          put: { ...key, ...pack({ ...template, campaign: { ...template.campaign, id } }) },
        } as const
      }),
    )
  }
}

async function countReads(system: TestSystem, number: number) {
  const { api } = system
  const startCounting = () => {
    const { gets, queries, transactions } = api.watch
    return () => ({
      gets: api.watch.gets - gets,
      queries: api.watch.queries - queries,
      transactions: api.watch.transactions - transactions,
    })
  }
  const countMatchReads = startCounting()
  const matchResponse = await requestMatch(system)
  const match = countMatchReads()
  const countLeadReads = startCounting()
  const { status } = await postLead(system, aLead(matchResponse, number), { 'idempotency-key': `reads-${number}` })
  if (status !== 201) throw new Error('The lead was refused.')
  const lead = countLeadReads()
  const { body } = await api.staff('POST', '/v1/ops/matches', { body: aVisitor({ sourceId: 'landing' }) })
  return { match, lead, candidates: JSON.stringify(body).split('"campaignId"').length - 1 }
}
