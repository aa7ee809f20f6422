import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { readReplay, startReplay } from '#shared/contract/delivery/replays.ts'
import { retryDelays } from '#shared/domain/delivery/retry-schedule.ts'
import { answered } from '#test/functions/house/fakes.ts'
import { countersOf } from '#test/functions/routing/ledger.ts'
import { deliverDue } from '#test/functions/routing/market.ts'
import { aCampaign, aTown, enquire, type Town, write } from '#test/functions/town.ts'

let town: Town
beforeEach(async () => {
  town = await aTown()
})
const posts = () => town.house.webhooks.requests
const log = (id: string) => town.house.needsOf('operator').deliveries.log(id)
const replay = (id: string) => town.house.staff('POST', `/v1/ops/deliveries/${id}/replay`)
const says = (status: number) => {
  town.house.webhooks.answer = () => answered(status)
}

async function aLead(number = 1) {
  const { schools } = await enquire(town, number, { schoolIds: ['tall-grass'] })
  return schools[0]?.deliveryId ?? ''
}
async function aDelivered(number = 1) {
  const id = await aLead(number)
  says(200)
  await town.house.deliver(id)
  return id
}
async function aDead(number = 1) {
  const id = await aLead(number)
  says(400)
  for (const delay of [0, ...retryDelays]) {
    town.house.pass(delay)
    await town.house.deliver(id)
  }
  expect(await log(id)).toMatchObject({ state: 'dead' })
  says(200)
  return id
}

describe('a delivery that is replayed', () => {
  it('goes out again with the same id and the same bytes, as often as somebody asks', async () => {
    const id = await aDelivered()
    for (let replays = 1; replays <= 3; replays++) {
      expect(await replay(id)).toMatchObject({ status: 202, body: { deliveryId: id, state: 'pending', replays } })
      await deliverDue(town)
    }
    expect(posts()).toHaveLength(4)
    expect(new Set(posts().map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1)
    expect(await log(id)).toMatchObject({ state: 'delivered', attempts: 4 })
  })

  it('is told to the queue at once, and waits for the sweeper where the queue is out of reach', async () => {
    const id = await aDelivered()
    const { queue, sweep } = town.house
    queue.pointers.length = 0
    await replay(id)
    expect(queue.pointers).toEqual([{ deliveryId: id, schoolId: 'tall-grass' }])
    await town.house.deliver(id)
    queue.pointers.length = 0
    queue.deaf = true
    expect(await replay(id)).toMatchObject({ status: 202 })
    queue.deaf = false
    await sweep()
    expect(queue.pointers).toEqual([{ deliveryId: id, schoolId: 'tall-grass' }])
  })

  it('has its whole schedule again, and stays delivered if it was', async () => {
    const id = await aDead()
    await replay(id)
    says(400)
    await deliverDue(town)
    expect(await log(id)).toMatchObject({ state: 'pending', charged: 1 })
    const delivered = await aDelivered(2)
    await replay(delivered)
    says(400)
    for (const delay of [0, ...retryDelays]) {
      town.house.pass(delay)
      await town.house.deliver(delivered)
    }
    expect(await log(delivered)).toMatchObject({ state: 'delivered' })
  })

  it('while an attempt is under way goes out after it', async () => {
    const id = await aLead()
    const answer = Promise.withResolvers<void>()
    town.house.webhooks.answer = async () => {
      await answer.promise
      return answered(200)
    }
    const delivering = town.house.deliver(id)
    while (posts().length === 0) await new Promise(setImmediate)
    expect(await replay(id)).toMatchObject({ status: 202, body: { state: 'leased', replays: 1 } })
    answer.resolve()
    await delivering
    expect(await log(id)).toMatchObject({ state: 'pending' })
    await deliverDue(town)
    expect(posts()).toHaveLength(2)
    expect(await log(id)).toMatchObject({ state: 'delivered' })
  })

  it('takes its place under a cap again where it had died, or is refused where that has gone', async () => {
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ caps: [{ period: 'total', limit: 1 }] }))
    const dead = await aDead(1)
    const other = await aDelivered(2)
    expect(await replay(dead)).toMatchObject({ status: 409, body: { code: 'CAP_REACHED' } })
    expect(await log(dead)).toMatchObject({ state: 'dead' })
    expect(Object.values(await countersOf(town.house, 'campaigns#tall-grass-tx'))).toEqual([1])
    expect(await log(other)).toMatchObject({ state: 'delivered' })
  })

  it('is not one that its school has rejected: the lead has gone to others', async () => {
    const responses = { rejected: [{ path: '/ok', equals: false }] }
    await write(
      town.house,
      'campaigns',
      'tall-grass-tx',
      aCampaign({ endpoint: { ...aCampaign().endpoint, responses } }),
    )
    const id = await aLead()
    town.house.webhooks.answer = () => answered(200, '{"ok": false}')
    await town.house.deliver(id)
    expect(await replay(id)).toMatchObject({ status: 409, body: { code: 'NOT_REPLAYABLE' } })
    expect(await replay('dlv_0000000000000000009999')).toMatchObject({ status: 404 })
  })

  it('of a school may be asked for by that school alone', async () => {
    const id = await aDelivered()
    const resend = async (schoolId: string, deliveryId: string) =>
      town.house.call('POST', `/v1/school/deliveries/${deliveryId}/replay`, {
        headers: { authorization: `Bearer ${await town.house.schoolKey(schoolId)}` },
      })
    expect((await resend('tall-grass', id)).status).toBe(202)
    const [foreign, missing] = [await resend('bay-shore', id), await resend('bay-shore', 'dlv_0000000000000000009999')]
    expect([foreign.status, foreign.text]).toEqual([404, missing.text])
    expect(await log(id)).toMatchObject({ replays: 1 })
  })

  it('is heard, whatever happens at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('replay', 'deliver', 'fail', 'sweep'), { minLength: 1, maxLength: 8 }),
        async (steps) => {
          town = await aTown()
          const id = await aLead()
          for (const step of steps) {
            const before = posts().length
            says(step === 'fail' ? 500 : 200)
            if (step === 'replay') town.house.watch.beforeCommit = async () => void (await town.house.deliver(id))
            if (step === 'deliver') town.house.watch.beforeCommit = async () => void (await replay(id))
            if (step === 'replay') {
              await replay(id)
              says(200)
              town.house.pass(120)
              await deliverDue(town)
              expect(posts().length).toBeGreaterThan(before)
            } else if (step === 'sweep') await deliverDue(town)
            else await town.house.deliver(id)
            town.house.watch.beforeCommit = undefined
            town.house.pass(120)
          }
          says(200)
          town.house.pass(3600)
          await deliverDue(town)
          expect(await log(id)).toMatchObject({ state: 'delivered' })
          expect(new Set(posts().map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a replay of all that match', () => {
  const ask = (filter: object, dryRun: boolean) =>
    town.house.staff('POST', '/v1/ops/replays', { body: { filter, dryRun } })
  const start = async (filter: object) => startReplay.responses[202].body.parse((await ask(filter, false)).body)
  const read = async (id: string) =>
    readReplay.responses[200].body.parse((await town.house.staff('GET', `/v1/ops/replays/${id}`)).body)
  async function sixOf() {
    const delivered = [await aDelivered(1), await aDelivered(2), await aDelivered(3)]
    return { delivered, dead: [await aDead(4), await aDead(5)], pending: await aLead(6) }
  }

  it('is counted first, and changes nothing', async () => {
    await sixOf()
    const before = posts().length
    expect((await ask({ schoolId: 'tall-grass', states: ['dead', 'delivered'] }, true)).body).toMatchObject({
      count: 5,
      byState: { dead: 2, delivered: 3 },
      bySchool: { 'tall-grass': 5 },
      complete: true,
    })
    expect((await ask({}, true)).body).toMatchObject({ count: 2 })
    expect((await ask({ campaignId: 'bay-shore-tx', states: ['delivered'] }, true)).body).toMatchObject({ count: 0 })
    await deliverDue(town)
    expect(posts().length - before).toBe(1)
  })

  it('is carried out page by page, and tells how far it came', async () => {
    const { dead, delivered } = await sixOf()
    const { replayId, state } = await start({ schoolId: 'tall-grass', states: ['dead', 'delivered'] })
    expect(state).toBe('running')
    await town.house.replay()
    expect(await read(replayId)).toMatchObject({ state: 'done', matched: 5, replayed: 5, skipped: 0 })
    await deliverDue(town)
    for (const id of [...dead, ...delivered]) expect(await log(id)).toMatchObject({ state: 'delivered', replays: 1 })
  })

  it('that is asked for twice at once is one; asked for again afterwards, it is another', async () => {
    const { dead } = await sixOf()
    const filter = { schoolId: 'tall-grass', states: ['dead'] }
    const [one, other] = await Promise.all([start(filter), start({ ...filter, states: ['dead', 'dead'] })])
    expect(one.replayId).toBe(other.replayId)
    await Promise.all([town.house.replay(), town.house.replay()])
    for (const id of dead) expect(await log(id)).toMatchObject({ replays: 1 })
    for (let again = 0; again < 2; again++) {
      await deliverDue(town)
      town.house.pass(1)
      await start({ ...filter, states: ['delivered'] })
      await town.house.replay()
    }
    for (const id of dead) expect(await log(id)).toMatchObject({ replays: 3 })
  })

  it('beside another with another filter replays nothing twice', async () => {
    const { delivered } = await sixOf()
    await start({ schoolId: 'tall-grass', states: ['delivered'] })
    await start({ states: ['delivered', 'pending'] })
    await Promise.all([town.house.replay(), town.house.replay()])
    for (const id of delivered) expect(await log(id)).toMatchObject({ replays: 1 })
  })

  it('goes on after a crash, and counts what it did before it once', async () => {
    const { delivered } = await sixOf()
    const { replayId } = await start({ schoolId: 'tall-grass', states: ['delivered'] })
    let writes = 0
    const dies = async () => {
      writes += 1
      town.house.watch.beforeCommit = dies
      if (writes === 3) throw new Error('The process has died.')
    }
    town.house.watch.beforeCommit = dies
    await expect(town.house.replay()).rejects.toThrow()
    town.house.watch.beforeCommit = undefined
    await town.house.replay()
    expect(await read(replayId)).toMatchObject({ state: 'done', matched: 3, replayed: 3 })
    for (const id of delivered) expect(await log(id)).toMatchObject({ replays: 1 })
  })

  it('costs two queries for a page, and a look and a write for each delivery in it', async () => {
    for (let number = 1; number <= 30; number++) await aDelivered(number)
    await start({ schoolId: 'tall-grass', states: ['delivered'] })
    const { gets, queries, transactions } = town.house.watch
    await town.house.replay()
    const { watch } = town.house
    expect([watch.gets - gets, watch.queries - queries, watch.transactions - transactions]).toEqual([31, 2, 31])
  })
})
