import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ask, aTown, enquire, type Town } from '#test/functions/town.ts'

let town: Town
let authorization: string
beforeEach(async () => {
  town = await aTown()
  authorization = `Bearer ${await town.house.schoolKey('tall-grass')}`
})

const path = '/v1/school/campaigns/tall-grass-tx'
const change = (body: object, headers: { [name: string]: string } = {}) =>
  town.house.call('PATCH', path, { headers: { authorization, ...headers }, body })
const own = async () => (await town.house.call('GET', '/v1/school', { headers: { authorization } })).body
const shown = async () => (await ask(town)).schools.map(({ schoolId }) => schoolId)

describe('a school’s own campaign', () => {
  it('is paused and resumed by the school, and routing sees it at once', async () => {
    expect(await shown()).toContain('tall-grass')
    expect(await change({ status: 'paused' })).toMatchObject({ status: 200, body: { status: 'paused', version: 2 } })
    expect(await shown()).toEqual(['bay-shore'])
    await change({ status: 'active' })
    expect(await shown()).toContain('tall-grass')
  })

  it('is capped by the school, and the start page says how full it is', async () => {
    await change({ caps: [{ period: 'day', limit: 1 }] })
    await enquire(town, 1)
    expect(await own()).toMatchObject({
      schoolId: 'tall-grass',
      campaigns: [{ id: 'tall-grass-tx', standings: [{ period: 'day', limit: 1, used: 1 }] }],
    })
    expect(await shown()).toEqual(['bay-shore'])
  })

  it('shows no secret', async () => {
    expect(JSON.stringify(await own())).not.toContain('whsec_')
  })

  it.each([{ priceCents: 1 }, { rules: {} }, { endpoint: { kind: 'email', to: 'a@b.example' } }, {}])(
    'keeps what staff decide: %j is refused',
    async (body) => {
      expect((await change(body)).status).toBe(422)
    },
  )

  it('loses nothing that staff changed at the same moment', async () => {
    town.house.watch.beforeCommit = async () => {
      town.house.watch.beforeCommit = async () => {}
      const { body } = await town.house.staff('GET', '/v1/ops/campaigns/tall-grass-tx')
      const { id: _, version: __, updatedAt: ___, ...kept } = z.looseObject({}).parse(body)
      await town.house.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', { body: { ...kept, priceCents: 9900 } })
    }
    expect((await change({ status: 'paused' })).status).toBe(200)
    const { body } = await town.house.staff('GET', '/v1/ops/campaigns/tall-grass-tx')
    expect(body).toMatchObject({ status: 'paused', priceCents: 9900 })
  })

  it('tells whoever asks with an old ETag that it has changed', async () => {
    await change({ status: 'paused' })
    expect(await change({ status: 'active' }, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { code: 'VERSION_CONFLICT' },
    })
  })

  it('is tried with a lead of nobody, which costs nothing and counts nowhere', async () => {
    await change({ caps: [{ period: 'day', limit: 1 }], status: 'paused' })
    const sent = await town.house.call('POST', '/v1/school/test-leads', {
      headers: { authorization },
      body: { campaignId: 'tall-grass-tx' },
    })
    expect(sent.status).toBe(202)
    const { deliveryId } = z.object({ deliveryId: z.string() }).parse(sent.body)
    await town.house.deliver(deliveryId)
    expect(JSON.parse(town.house.webhooks.requests.at(-1)?.body ?? '')).toMatchObject({
      data: { test: true, deliveryId },
    })
    const list = await town.house.call('GET', '/v1/school/leads', { headers: { authorization } })
    expect(list.body).toMatchObject({ leads: [{ deliveryId, state: 'delivered', event: { data: { test: true } } }] })
    expect(await own()).toMatchObject({ campaigns: [{ standings: [{ used: 0 }] }] })
    await town.house.reconcile()
    const { body } = await town.house.staff('GET', '/v1/ops/reports/reconciliation')
    expect(body).toMatchObject({ drift: 0 })
  })

  it('is tried ten times in a minute at most', async () => {
    const sent = []
    for (let time = 0; time < 11; time++)
      sent.push(
        await town.house.call('POST', '/v1/school/test-leads', {
          headers: { authorization },
          body: { campaignId: 'tall-grass-tx' },
        }),
      )
    expect(sent.map(({ status }) => status)).toEqual([...Array(10).fill(202), 429])
  })
})
