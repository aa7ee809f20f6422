import { describe, expect, it } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { answered } from '#test/functions/house/fakes.ts'
import { deliverDue, responses } from '#test/functions/routing/market.ts'
import { aCampaign, aSchool, type Town, write } from '#test/functions/town.ts'
import { reconciled } from '#test/functions/worker/reporting/books.ts'
import { aCanaryLead, aTownWithMemory, erase, erased, type Memory, settle, story, traces } from './person.ts'

const told = ({ house }: Town) =>
  house.webhooks.requests.filter(({ body }) => body.includes('lead.erased')).map(({ headers }) => headers['webhook-id'])

/** An engine that dies at one transaction, before or after it is written, and is there again when asked. */
function mortalEngine() {
  const life = { left: Number.POSITIVE_INFINITY, dies: 'before' as 'before' | 'after', seen: 0 }
  const between = (engine: Engine<Table>): Engine<Table> => ({
    ...engine,
    async transact(writes) {
      life.seen += 1
      life.left -= 1
      if (life.left < 0) throw new Error('The process is gone.')
      if (life.left > 0 || life.dies === 'before') return engine.transact(writes)
      await engine.transact(writes)
      throw new Error('The answer is lost.')
    },
  })
  return { life, between }
}

async function expectForgotten(memory: Memory, leadIds: readonly string[]) {
  const { town } = memory
  expect(await traces(memory)).toEqual([])
  for (const leadId of leadIds)
    for (const { state } of (await story(town, leadId)).deliveries) expect(state).toBe('erased')
  town.house.pass(3600)
  expect(await reconciled(town)).toMatchObject({ body: { drift: 0 } })
}

describe('an erasure that is cut short', () => {
  it.each(['before', 'after'] as const)('goes on by itself, wherever it ended: %s a write', async (dies) => {
    let cut = 0
    for (; ; cut++) {
      const { life, between } = mortalEngine()
      const memory = await aTownWithMemory(between)
      const { town } = memory
      await write(town.house, 'schools', 'tall-grass', aSchool({ duplicates: { keys: 'none' } }))
      await write(town.house, 'sources', 'landing', { name: 'Landing page', mode: 'live' })
      const leadIds = [await aCanaryLead(town)]
      await settle(town)
      leadIds.push(await aCanaryLead(town))
      Object.assign(life, { seen: 0, left: cut + (dies === 'after' ? 1 : 0), dies })
      const answer = await erase(town)
      const writes = life.seen
      life.left = Number.POSITIVE_INFINITY
      if (answer.status === 500) {
        // It had not begun, and said so: nobody is told a half truth. Where the answer alone was lost, it goes on.
        await town.house.eraseOn()
        if (dies === 'before') await erased(town)
      }
      await town.house.eraseOn()
      await settle(town)
      await expectForgotten(memory, leadIds)
      expect(new Set(told(town)).size, `cut at write ${cut}`).toBe(2)
      const list = await town.house.staff('GET', '/v1/ops/erasures')
      expect(list.body).toMatchObject({ erasures: [{ state: 'done', leads: 2 }] })
      if (answer.status === 201 && cut > writes) break
    }
    expect(cut).toBeGreaterThan(10)
  })

  it('stays cut short where nobody goes on: the look would see it', async () => {
    const { life, between } = mortalEngine()
    const memory = await aTownWithMemory(between)
    await aCanaryLead(memory.town)
    life.left = 3
    await erase(memory.town)
    life.left = Number.POSITIVE_INFINITY
    expect(await traces(memory)).not.toEqual([])
  })
})

describe('an erasure beside others', () => {
  it('that comes while a lead is being sent tells the school when that must have ended', async () => {
    const memory = await aTownWithMemory()
    const { town } = memory
    const leadId = await aCanaryLead(town)
    let notices: Awaited<ReturnType<typeof erased>>['notices'] = []
    town.house.webhooks.answer = async () => {
      if (notices.length === 0) ({ notices } = await erased(town))
      return answered(200)
    }
    await deliverDue(town)
    expect(town.house.logged.map(({ event, fields }) => [event, fields])).toContainEqual([
      'delivery.left',
      expect.objectContaining({ why: 'lease-lost' }),
    ])
    const notice = notices.find(({ schoolId }) => schoolId === 'tall-grass')
    expect(notice?.dueAt).toBe('2026-11-23T15:01:00.000Z')
    await settle(town)
    expect(told(town)).toEqual([notice?.deliveryId])
    await expectForgotten(memory, [leadId])
  })

  it('and a second one of the same person come to one, with one notice for each school', async () => {
    const memory = await aTownWithMemory()
    const { town } = memory
    const leadId = await aCanaryLead(town)
    const both = await Promise.all([erased(town), erased(town)])
    expect(both.map(({ leads }) => leads).reduce((sum, leads) => sum + leads)).toBe(1)
    await settle(town)
    expect(told(town)).toHaveLength(1)
    await expectForgotten(memory, [leadId])
  })

  it('sees an offer that is made at the same moment, whichever comes first', async () => {
    const offered: number[] = []
    for (const turn of [0, 1, 2, 3, 4, 5]) {
      const memory = await aTownWithMemory()
      const { town } = memory
      await write(town.house, 'sources', 'landing', { name: 'Landing page', mode: 'live', maxSales: 1 })
      const endpoint = { kind: 'webhook', url: 'https://leads.tall-grass.example/', responses }
      await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint, priority: 1 }))
      const leadId = await aCanaryLead(town)
      town.house.webhooks.answer = () => answered(200, '{"outcome": "failure"}')
      await deliverDue(town)
      town.house.pass(60)
      let writes = 0
      const meanwhile = async () => {
        writes += 1
        if (writes <= turn) town.house.watch.beforeCommit = meanwhile
        else await town.house.offer()
      }
      town.house.watch.beforeCommit = meanwhile
      const { notices } = await erased(town)
      offered.push(notices.length)
      town.house.webhooks.answer = () => answered(200)
      await settle(town)
      await town.house.offer()
      await settle(town)
      await expectForgotten(memory, [leadId])
    }
    // Two schools where the offer came first, else the one that had rejected it.
    expect(new Set(offered)).toEqual(new Set([1, 2]))
  })
})
