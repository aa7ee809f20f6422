import { describe, expect, it } from 'vitest'
import { publishIntentStore } from '#shared/store/catalog/publish-intents.ts'
import type { TestApiOptions } from '#test/create-test-api.ts'
import { putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import {
  addSchool,
  buildCampaign,
  createTestMarket,
  deliverDue,
  readTimeline,
  visit,
} from '#test/functions/routing/create-test-market.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { createFailingEngine } from './failing-engine.ts'

// The tests begin on Monday at 9:00 in Chicago.
const earlyTuesdays = { open: [{ days: ['tuesday'], from: '06:00', to: '20:00' }], outside: 'park' }
const tuesdays = { open: [{ days: ['tuesday'], from: '08:00', to: '20:00' }], outside: 'park' }

describe('a delivery that waits for a campaign that is deleted', () => {
  it('goes through the other campaign of its school within a minute, although it was parked until the next day', async () => {
    const { system, leadId } = await createParkedDelivery()
    await putSecondCampaign(system)
    await deleteCampaign(system)
    await runWorkers(system)
    expect(listReceivers(system)).toEqual(['https://second.alpha.example/leads'])
    expect(await readOutcomes(system, leadId)).toEqual(['alpha delivered'])
  })

  it('waits until the other campaign opens if that one has hours', async () => {
    const { system, leadId } = await createParkedDelivery()
    await putSecondCampaign(system, { hours: earlyTuesdays })
    await deleteCampaign(system)
    await runWorkers(system)
    expect(listReceivers(system)).toEqual([])
    const { deliveries } = await readTimeline(system, leadId)
    expect(deliveries.map(({ dueAt }) => dueAt)).toEqual(['2026-11-24T12:00:00.000Z'])
  })

  it('ends and its lead is offered to another school within a minute if no campaign of its school is left', async () => {
    const { system, leadId } = await createParkedDelivery({ secondSchool: true })
    await deleteCampaign(system)
    await runWorkers(system)
    expect(await readOutcomes(system, leadId)).toEqual(['alpha dead', 'beta delivered'])
    expect(listReceivers(system)).toEqual(['https://beta.example/leads'])
  })

  it('is found after a retry that began before the deletion has failed', async () => {
    const system = await createTestMarket({ alpha: {} })
    const { receipt } = await visit(system, 1)
    system.api.webhooks.respond = async () => {
      await deleteCampaign(system)
      await system.api.finishPublishing()
      // No sign that the school has stored the lead.
      return webhookResponse(503)
    }
    await deliverDue(system)
    system.api.advanceClock(121)
    await runWorkers(system)
    expect(await readOutcomes(system, receipt.leadId)).toEqual(['alpha dead'])
  })

  it('leaves the deliveries of other campaigns and of other schools as they are', async () => {
    const system = await createTestMarket({
      alpha: { campaign: { hours: tuesdays } },
      beta: { campaign: { hours: tuesdays } },
    })
    const { receipt } = await visit(system, 1)
    await putSecondCampaign(system)
    await system.api.staff('DELETE', '/v1/ops/campaigns/alpha-2')
    await runWorkers(system)
    expect(await readOutcomes(system, receipt.leadId)).toEqual(['alpha parked', 'beta parked'])
  })

  it('is looked for twice, and then no intent is left', async () => {
    const { system } = await createParkedDelivery()
    await deleteCampaign(system)
    const kindsLeft = async () => {
      await system.api.finishPublishing()
      return (await publishIntentStore(system.api.engine).list()).map(({ kind, id }) => `${kind} ${id}`)
    }
    expect(await kindsLeft()).toEqual(['deliveries alpha'])
    system.api.advanceClock(119)
    expect(await kindsLeft()).toEqual(['deliveries alpha'])
    system.api.advanceClock(2)
    expect(await kindsLeft()).toEqual([])
  })

  it.each(['before', 'after'] as const)(
    'moves or ends wherever the processes die that delete the campaign and make it due, %s any write',
    async (dies) => {
      const outcomes = []
      for (let failAtWrite = 0; ; failAtWrite++) {
        const { life, between } = createFailingEngine()
        const { system, leadId } = await createParkedDelivery({ createEngine: (now) => between(memoryEngine(now)) })
        await putSecondCampaign(system)
        Object.assign(life, { writesLeft: failAtWrite + (dies === 'after' ? 1 : 0), dies })
        const response = await deleteCampaign(system)
        await system.api.finishPublishing().catch(() => {})
        const hasDied = life.writesLeft <= 0
        life.writesLeft = Number.POSITIVE_INFINITY
        if (response.status === 500) await deleteCampaign(system)
        await runWorkers(system)
        system.api.advanceClock(121)
        await runWorkers(system)
        outcomes.push(`${await readOutcomes(system, leadId)} ${listReceivers(system)}`)
        expect(await publishIntentStore(system.api.engine).list()).toEqual([])
        if (!hasDied) break
      }
      expect(outcomes.length).toBeGreaterThan(5)
      expect(new Set(outcomes)).toEqual(new Set(['alpha delivered https://second.alpha.example/leads']))
    },
  )
})

type ParkedOptions = Pick<TestApiOptions, 'createEngine'> & { secondSchool?: boolean }

async function createParkedDelivery({ secondSchool = false, createEngine }: ParkedOptions = {}) {
  const alpha = { campaign: { hours: tuesdays } }
  const system = await createTestMarket({ alpha }, { source: { maxSales: 1 }, ...(createEngine && { createEngine }) })
  if (secondSchool) await addSchool(system, 'beta', { campaign: { priority: 2 } })
  const { receipt } = await visit(system, 1)
  expect(await readOutcomes(system, receipt.leadId)).toEqual(['alpha parked'])
  return { system, leadId: receipt.leadId }
}

const putSecondCampaign = ({ api }: TestSystem, fields: object = {}) =>
  putRecord(
    api,
    'campaigns',
    'alpha-2',
    buildCampaign('alpha', { endpoint: { kind: 'webhook', url: 'https://second.alpha.example/leads' }, ...fields }),
  )

const deleteCampaign = ({ api }: TestSystem) => api.staff('DELETE', '/v1/ops/campaigns/alpha')

/** What the schedules run within a minute. */
async function runWorkers(system: TestSystem) {
  await system.api.finishPublishing()
  await deliverDue(system)
  system.api.advanceClock(1)
  await system.api.offer()
  await deliverDue(system)
}

const listReceivers = ({ api }: TestSystem) => api.webhooks.requests.map(({ url }) => url)

async function readOutcomes(system: TestSystem, leadId: string) {
  const { deliveries } = await readTimeline(system, leadId)
  return deliveries.map(({ schoolId, state }) => `${schoolId} ${state}`)
}
