import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { readReplay, startReplay } from '#shared/contract/delivery/replays.ts'
import { retryDelays } from '#shared/domain/delivery/retry-schedule.ts'
import {
  aCampaign,
  createTestSystem,
  putRecord,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'
import { readCounters } from '#test/functions/routing/stored-rows.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})
const listPosts = () => system.api.webhooks.requests
const readLog = (id: string) => system.api.createDependencies('operator').deliveries.findWithAttempts(id)
const replayDelivery = (id: string) => system.api.staff('POST', `/v1/ops/deliveries/${id}/replay`)
const setResponseStatus = (status: number) => {
  system.api.webhooks.respond = () => webhookResponse(status)
}

async function aLead(number = 1) {
  const { schools } = await submitTestLead(system, number, { schoolIds: ['tall-grass'] })
  return schools[0]?.deliveryId ?? ''
}
async function aDeliveredLead(number = 1) {
  const id = await aLead(number)
  setResponseStatus(200)
  await system.api.deliver(id)
  return id
}
async function aDeadLead(number = 1) {
  const id = await aLead(number)
  setResponseStatus(400)
  for (const delay of [0, ...retryDelays]) {
    system.api.advanceClock(delay)
    await system.api.deliver(id)
  }
  expect(await readLog(id)).toMatchObject({ state: 'dead' })
  setResponseStatus(200)
  return id
}

describe('the replay of one delivery', () => {
  it('sends the same ID and bytes again for each request', async () => {
    const id = await aDeliveredLead()
    for (let replays = 1; replays <= 3; replays++) {
      expect(await replayDelivery(id)).toMatchObject({
        status: 202,
        body: { deliveryId: id, state: 'pending', replays },
      })
      await deliverDue(system)
    }
    expect(listPosts()).toHaveLength(4)
    expect(new Set(listPosts().map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1)
    expect(await readLog(id)).toMatchObject({ state: 'delivered', attempts: 4 })
  })

  it('queues the delivery at once, and leaves it to the sweeper if the queue is unreachable', async () => {
    const id = await aDeliveredLead()
    const { queue, sweep } = system.api
    queue.pointers.length = 0
    await replayDelivery(id)
    expect(queue.pointers).toEqual([{ deliveryId: id, schoolId: 'tall-grass' }])
    await system.api.deliver(id)
    queue.pointers.length = 0
    queue.isUnreachable = true
    expect(await replayDelivery(id)).toMatchObject({ status: 202 })
    queue.isUnreachable = false
    await sweep()
    expect(queue.pointers).toEqual([{ deliveryId: id, schoolId: 'tall-grass' }])
  })

  it('starts the whole retry schedule again, and keeps a delivered delivery delivered', async () => {
    const id = await aDeadLead()
    await replayDelivery(id)
    setResponseStatus(400)
    await deliverDue(system)
    expect(await readLog(id)).toMatchObject({ state: 'pending', countedFailures: 1 })
    const delivered = await aDeliveredLead(2)
    await replayDelivery(delivered)
    setResponseStatus(400)
    for (const delay of [0, ...retryDelays]) {
      system.api.advanceClock(delay)
      await system.api.deliver(delivered)
    }
    expect(await readLog(delivered)).toMatchObject({ state: 'delivered' })
  })

  it('sends again after an attempt that is under way', async () => {
    const id = await aLead()
    const answer = Promise.withResolvers<void>()
    system.api.webhooks.respond = async () => {
      await answer.promise
      return webhookResponse(200)
    }
    const delivering = system.api.deliver(id)
    while (listPosts().length === 0) await new Promise(setImmediate)
    expect(await replayDelivery(id)).toMatchObject({ status: 202, body: { state: 'leased', replays: 1 } })
    answer.resolve()
    await delivering
    expect(await readLog(id)).toMatchObject({ state: 'pending' })
    await deliverDue(system)
    expect(listPosts()).toHaveLength(2)
    expect(await readLog(id)).toMatchObject({ state: 'delivered' })
  })

  it('rejects a dead delivery whose place under a cap went to another lead', async () => {
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ caps: [{ period: 'total', limit: 1 }] }))
    const dead = await aDeadLead(1)
    const other = await aDeliveredLead(2)
    expect(await replayDelivery(dead)).toMatchObject({ status: 409, body: { code: 'CAP_REACHED' } })
    expect(await readLog(dead)).toMatchObject({ state: 'dead' })
    expect(Object.values(await readCounters(system.api, 'campaigns#tall-grass-tx'))).toEqual([1])
    expect(await readLog(other)).toMatchObject({ state: 'delivered' })
  })

  it('rejects a delivery that its school rejected, and an unknown one', async () => {
    const responses = { rejected: [{ path: '/ok', equals: false }] }
    await putRecord(
      system.api,
      'campaigns',
      'tall-grass-tx',
      aCampaign({ endpoint: { ...aCampaign().endpoint, responses } }),
    )
    const id = await aLead()
    system.api.webhooks.respond = () => webhookResponse(200, '{"ok": false}')
    await system.api.deliver(id)
    expect(await replayDelivery(id)).toMatchObject({ status: 409, body: { code: 'NOT_REPLAYABLE' } })
    expect(await replayDelivery('dlv_0000000000000000009999')).toMatchObject({ status: 404 })
  })

  it('lets a school replay only its own deliveries', async () => {
    const id = await aDeliveredLead()
    const resend = async (schoolId: string, deliveryId: string) =>
      system.api.call('POST', `/v1/school/deliveries/${deliveryId}/replay`, {
        headers: { authorization: `Bearer ${await system.api.schoolKey(schoolId)}` },
      })
    expect((await resend('tall-grass', id)).status).toBe(202)
    const [foreign, missing] = [await resend('bay-shore', id), await resend('bay-shore', 'dlv_0000000000000000009999')]
    expect([foreign.status, foreign.text]).toEqual([404, missing.text])
    expect(await readLog(id)).toMatchObject({ replays: 1 })
  })

  it('sends after every replay request, whatever runs at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('replay', 'deliver', 'fail', 'sweep'), { minLength: 1, maxLength: 8 }),
        async (steps) => {
          system = await createTestSystem()
          const id = await aLead()
          for (const step of steps) {
            const before = listPosts().length
            setResponseStatus(step === 'fail' ? 500 : 200)
            if (step === 'replay') system.api.watch.beforeCommit = async () => void (await system.api.deliver(id))
            if (step === 'deliver') system.api.watch.beforeCommit = async () => void (await replayDelivery(id))
            if (step === 'replay') {
              await replayDelivery(id)
              setResponseStatus(200)
              system.api.advanceClock(120)
              await deliverDue(system)
              expect(listPosts().length).toBeGreaterThan(before)
            } else if (step === 'sweep') await deliverDue(system)
            else await system.api.deliver(id)
            system.api.watch.beforeCommit = undefined
            system.api.advanceClock(120)
          }
          setResponseStatus(200)
          system.api.advanceClock(3600)
          await deliverDue(system)
          expect(await readLog(id)).toMatchObject({ state: 'delivered' })
          expect(new Set(listPosts().map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a replay job', () => {
  const ask = (filter: object, dryRun: boolean) =>
    system.api.staff('POST', '/v1/ops/replays', { body: { filter, dryRun } })
  const start = async (filter: object) => startReplay.responses[202].body.parse((await ask(filter, false)).body)
  const readReplayState = async (id: string) =>
    readReplay.responses[200].body.parse((await system.api.staff('GET', `/v1/ops/replays/${id}`)).body)
  async function createSixDeliveries() {
    const delivered = [await aDeliveredLead(1), await aDeliveredLead(2), await aDeliveredLead(3)]
    return { delivered, dead: [await aDeadLead(4), await aDeadLead(5)], pending: await aLead(6) }
  }

  it('only counts in a dry run and changes nothing', async () => {
    await createSixDeliveries()
    const before = listPosts().length
    expect((await ask({ schoolId: 'tall-grass', states: ['dead', 'delivered'] }, true)).body).toMatchObject({
      count: 5,
      byState: { dead: 2, delivered: 3 },
      bySchool: { 'tall-grass': 5 },
      complete: true,
    })
    expect((await ask({}, true)).body).toMatchObject({ count: 2 })
    expect((await ask({ campaignId: 'bay-shore-tx', states: ['delivered'] }, true)).body).toMatchObject({ count: 0 })
    await deliverDue(system)
    expect(listPosts().length - before).toBe(1)
  })

  it('replays page by page and reports its progress', async () => {
    const { dead, delivered } = await createSixDeliveries()
    const { replayId, state } = await start({ schoolId: 'tall-grass', states: ['dead', 'delivered'] })
    expect(state).toBe('running')
    await system.api.replay()
    expect(await readReplayState(replayId)).toMatchObject({ state: 'done', matched: 5, replayed: 5, skipped: 0 })
    await deliverDue(system)
    for (const id of [...dead, ...delivered])
      expect(await readLog(id)).toMatchObject({ state: 'delivered', replays: 1 })
  })

  it('starts once for two requests at once, and again for a request after it ended', async () => {
    const { dead } = await createSixDeliveries()
    const filter = { schoolId: 'tall-grass', states: ['dead'] }
    const [one, other] = await Promise.all([start(filter), start({ ...filter, states: ['dead', 'dead'] })])
    expect(one.replayId).toBe(other.replayId)
    await Promise.all([system.api.replay(), system.api.replay()])
    for (const id of dead) expect(await readLog(id)).toMatchObject({ replays: 1 })
    for (let again = 0; again < 2; again++) {
      await deliverDue(system)
      system.api.advanceClock(1)
      await start({ ...filter, states: ['delivered'] })
      await system.api.replay()
    }
    for (const id of dead) expect(await readLog(id)).toMatchObject({ replays: 3 })
  })

  it('replays no delivery twice while another job with another filter runs', async () => {
    const { delivered } = await createSixDeliveries()
    await start({ schoolId: 'tall-grass', states: ['delivered'] })
    await start({ states: ['delivered', 'pending'] })
    await Promise.all([system.api.replay(), system.api.replay()])
    for (const id of delivered) expect(await readLog(id)).toMatchObject({ replays: 1 })
  })

  it('continues after a crash and counts each delivery once', async () => {
    const { delivered } = await createSixDeliveries()
    const { replayId } = await start({ schoolId: 'tall-grass', states: ['delivered'] })
    let writes = 0
    const dies = async () => {
      writes += 1
      system.api.watch.beforeCommit = dies
      if (writes === 3) throw new Error('The process has died.')
    }
    system.api.watch.beforeCommit = dies
    await expect(system.api.replay()).rejects.toThrow()
    system.api.watch.beforeCommit = undefined
    await system.api.replay()
    expect(await readReplayState(replayId)).toMatchObject({ state: 'done', matched: 3, replayed: 3 })
    for (const id of delivered) expect(await readLog(id)).toMatchObject({ replays: 1 })
  })

  it('costs two queries and one read of the school per page, and one read and one write per delivery', async () => {
    for (let number = 1; number <= 30; number++) await aDeliveredLead(number)
    await start({ schoolId: 'tall-grass', states: ['delivered'] })
    const { gets, queries, transactions } = system.api.watch
    await system.api.replay()
    const { watch } = system.api
    expect([watch.gets - gets, watch.queries - queries, watch.transactions - transactions]).toEqual([32, 2, 31])
  })
})
