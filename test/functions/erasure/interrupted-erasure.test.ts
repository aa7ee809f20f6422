import { describe, expect, it } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { aCampaign, aSchool, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { deliverDue, responses } from '#test/functions/routing/create-test-market.ts'
import { reconcileAndReport } from '#test/functions/worker/reporting/reconciliation.ts'
import {
  aCanaryLead,
  createInspectableSystem,
  erase,
  eraseAndParse,
  findTraces,
  type InspectableSystem,
  readTimeline,
  settle,
} from './canary-lead.ts'

const noticeIds = ({ api }: TestSystem) =>
  api.webhooks.requests.filter(({ body }) => body.includes('lead.erased')).map(({ headers }) => headers['webhook-id'])

/** An engine that fails at one transaction, before or after it is written, and can be repaired. */
function createFailingEngine() {
  const life = { writesLeft: Number.POSITIVE_INFINITY, dies: 'before' as 'before' | 'after', writes: 0 }
  const between = (engine: Engine<Table>): Engine<Table> => ({
    ...engine,
    async transact(writes) {
      life.writes += 1
      life.writesLeft -= 1
      if (life.writesLeft < 0) throw new Error('The process is gone.')
      if (life.writesLeft > 0 || life.dies === 'before') return engine.transact(writes)
      await engine.transact(writes)
      throw new Error('The answer is lost.')
    },
  })
  return { life, between }
}

async function expectErased(fixture: InspectableSystem, leadIds: readonly string[]) {
  const { system } = fixture
  expect(await findTraces(fixture)).toEqual([])
  for (const leadId of leadIds)
    for (const { state } of (await readTimeline(system, leadId)).deliveries) expect(state).toBe('erased')
  system.api.advanceClock(3600)
  expect(await reconcileAndReport(system)).toMatchObject({ body: { drift: 0 } })
}

describe('an interrupted erasure', () => {
  it.each(['before', 'after'] as const)('completes by the worker after a crash %s any of its writes', async (dies) => {
    let failAtWrite = 0
    for (; ; failAtWrite++) {
      const { life, between } = createFailingEngine()
      const fixture = await createInspectableSystem(between)
      const { system } = fixture
      await putRecord(system.api, 'schools', 'tall-grass', aSchool({ duplicates: { keys: 'none' } }))
      await putRecord(system.api, 'sources', 'landing', { name: 'Landing page', mode: 'live' })
      const leadIds = [await aCanaryLead(system)]
      await settle(system)
      leadIds.push(await aCanaryLead(system))
      await settle(system)
      Object.assign(life, { writes: 0, writesLeft: failAtWrite + (dies === 'after' ? 1 : 0), dies })
      const response = await erase(system)
      const writeCount = life.writes
      life.writesLeft = Number.POSITIVE_INFINITY
      if (response.status === 500) {
        // A failed response means that the erasure did not start, or that only the response was lost.
        await system.api.continueErasures()
        if (dies === 'before') await eraseAndParse(system)
      }
      await system.api.continueErasures()
      await settle(system)
      await expectErased(fixture, leadIds)
      expect(new Set(noticeIds(system)).size, `cut at write ${failAtWrite}`).toBe(2)
      const list = await system.api.staff('GET', '/v1/ops/erasures')
      expect(list.body).toMatchObject({ erasures: [{ state: 'done', leads: 2 }] })
      if (response.status === 201 && failAtWrite > writeCount) break
    }
    expect(failAtWrite).toBeGreaterThan(10)
  })

  it('detects: an interrupted erasure that is not continued', async () => {
    const { life, between } = createFailingEngine()
    const fixture = await createInspectableSystem(between)
    await aCanaryLead(fixture.system)
    life.writesLeft = 3
    await erase(fixture.system)
    life.writesLeft = Number.POSITIVE_INFINITY
    expect(await findTraces(fixture)).not.toEqual([])
  })
})

describe('an erasure with concurrent work', () => {
  it('delays the notice of a lead that is being sent until its lease has ended', async () => {
    const fixture = await createInspectableSystem()
    const { system } = fixture
    const leadId = await aCanaryLead(system)
    let notices: Awaited<ReturnType<typeof eraseAndParse>>['notices'] = []
    system.api.webhooks.respond = async () => {
      if (notices.length === 0) ({ notices } = await eraseAndParse(system))
      return webhookResponse(200)
    }
    await deliverDue(system)
    expect(system.api.logEntries.map(({ event, fields }) => [event, fields])).toContainEqual([
      'delivery.skipped',
      expect.objectContaining({ why: 'lease-lost' }),
    ])
    const notice = notices.find(({ schoolId }) => schoolId === 'tall-grass')
    expect(notice?.dueAt).toBe('2026-11-23T15:01:00.000Z')
    await settle(system)
    expect(noticeIds(system)).toEqual([notice?.deliveryId])
    await expectErased(fixture, [leadId])
  })

  it('sends one notice per school for two concurrent erasures of one person', async () => {
    const fixture = await createInspectableSystem()
    const { system } = fixture
    const leadId = await aCanaryLead(system)
    await deliverDue(system)
    const receipts = await Promise.all([eraseAndParse(system), eraseAndParse(system)])
    expect(receipts.map(({ leads }) => leads).reduce((sum, leads) => sum + leads)).toBe(1)
    await settle(system)
    expect(noticeIds(system)).toHaveLength(1)
    await expectErased(fixture, [leadId])
  })

  it('erases the deliveries of a concurrent offer, whichever is written first', async () => {
    const deliveryCounts: number[] = []
    for (const turn of [0, 1, 2, 3, 4, 5]) {
      const fixture = await createInspectableSystem()
      const { system } = fixture
      await putRecord(system.api, 'sources', 'landing', { name: 'Landing page', mode: 'live', maxSales: 1 })
      const endpoint = { kind: 'webhook', url: 'https://leads.tall-grass.example/', responses }
      await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint, priority: 1 }))
      const leadId = await aCanaryLead(system)
      system.api.webhooks.respond = () => webhookResponse(200, '{"outcome": "failure"}')
      await deliverDue(system)
      system.api.advanceClock(60)
      let writes = 0
      const offerMeanwhile = async () => {
        writes += 1
        if (writes <= turn) system.api.watch.beforeCommit = offerMeanwhile
        else await system.api.offer()
      }
      system.api.watch.beforeCommit = offerMeanwhile
      const { notices } = await eraseAndParse(system)
      // To the school that rejected the lead. The offer was sent to no school yet.
      expect(notices.map(({ schoolId }) => schoolId)).toEqual(['tall-grass'])
      deliveryCounts.push((await readTimeline(system, leadId)).deliveries.length)
      system.api.webhooks.respond = () => webhookResponse(200)
      await settle(system)
      await system.api.offer()
      await settle(system)
      await expectErased(fixture, [leadId])
    }
    // Two if the offer was written first.
    expect(new Set(deliveryCounts)).toEqual(new Set([1, 2]))
  })
})
