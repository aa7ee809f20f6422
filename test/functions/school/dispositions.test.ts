import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { aTown, enquire, storyOf, type Town } from '#test/functions/town.ts'

const recorded = z.object({ dispositionId: z.string(), recordedAt: z.string() })
let town: Town
let key: string
let leadId: string
let deliveryId: string
beforeEach(async () => {
  town = await aTown()
  key = await town.house.schoolKey('tall-grass')
  const receipt = await enquire(town)
  leadId = receipt.leadId
  deliveryId = receipt.schools.find(({ schoolId }) => schoolId === 'tall-grass')?.deliveryId ?? ''
})

const path = () => `/v1/school/deliveries/${deliveryId}/dispositions`
const tell = (body: object, headers: { [name: string]: string } = {}) =>
  town.house.call('POST', path(), { headers: { authorization: `Bearer ${key}`, ...headers }, body })
const told = async () => {
  const { body } = await town.house.call('GET', path(), { headers: { authorization: `Bearer ${key}` } })
  return z.object({ dispositions: z.array(z.looseObject({ disposition: z.string() })) }).parse(body).dispositions
}

describe('what became of a lead', () => {
  it('is told by the school that has it, stands for ever, and shows in the log, the list and the story', async () => {
    await town.house.deliver(deliveryId)
    expect((await tell({ disposition: 'contacted', note: 'Wants to start in May.' })).status).toBe(201)
    town.house.pass(60)
    expect((await tell({ disposition: 'applied' })).status).toBe(201)
    expect((await told()).map(({ disposition }) => disposition)).toEqual(['contacted', 'applied'])
    const story = JSON.stringify(await storyOf(town, leadId))
    expect(story).toContain('Wants to start in May.')
    const list = await town.house.call('GET', '/v1/school/leads', { headers: { authorization: `Bearer ${key}` } })
    expect(list.body).toMatchObject({ leads: [{ disposition: { disposition: 'applied' } }] })
  })

  it('finds leads by what was told of them last, and by how they came', async () => {
    await town.house.deliver(deliveryId)
    await enquire(town, 2)
    const found = async (query: string) => {
      const headers = { authorization: `Bearer ${key}` }
      const { body } = await town.house.call('GET', `/v1/school/leads?${query}`, { headers })
      return z.object({ leads: z.array(z.object({ deliveryId: z.string() })) }).parse(body).leads
    }
    expect(await found('disposition=nothing')).toHaveLength(2)
    expect(await found('disposition=nothing&state=delivered')).toEqual([{ deliveryId }])
    await tell({ disposition: 'contacted' })
    await tell({ disposition: 'applied' })
    expect(await found('disposition=applied')).toEqual([{ deliveryId }])
    expect(await found('disposition=contacted')).toEqual([])
    expect(await found('disposition=nothing&state=delivered')).toEqual([])
    expect(await found('state=pending')).toHaveLength(1)
  })

  it('is recorded once, however often it is told at once', async () => {
    await town.house.deliver(deliveryId)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => tell({ disposition: 'enrolled' }, { 'idempotency-key': 'one' })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    expect(new Set(answers.map(({ body }) => recorded.parse(body).dispositionId)).size).toBe(1)
    expect(await told()).toHaveLength(1)
  })

  it('is one telling a day where it has no key, and another where it says another time', async () => {
    await town.house.deliver(deliveryId)
    expect((await tell({ disposition: 'contacted' })).status).toBe(201)
    expect((await tell({ disposition: 'contacted' })).status).toBe(200)
    town.house.pass(86_400)
    expect((await tell({ disposition: 'contacted' })).status).toBe(201)
    expect((await tell({ disposition: 'contacted', at: '2026-11-24T09:00:00.000Z' })).status).toBe(201)
    expect(await told()).toHaveLength(3)
  })

  it('refuses another body under the same key', async () => {
    await town.house.deliver(deliveryId)
    await tell({ disposition: 'contacted' }, { 'idempotency-key': 'one' })
    expect(await tell({ disposition: 'applied' }, { 'idempotency-key': 'one' })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    })
  })

  it('is not told of a lead that has not come, nor of another school’s', async () => {
    expect(await tell({ disposition: 'contacted' })).toMatchObject({ status: 409, body: { code: 'NOT_DELIVERED' } })
    await town.house.deliver(deliveryId)
    key = await town.house.schoolKey('bay-shore')
    expect((await tell({ disposition: 'contacted' })).status).toBe(404)
  })

  it.each([
    ['in the future', '2026-11-24T15:00:00.000Z'],
    ['before the lead came', '2026-11-23T14:00:00.000Z'],
  ])('did not happen %s', async (_, at) => {
    await town.house.deliver(deliveryId)
    expect(await tell({ disposition: 'contacted', at })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/at' }] },
    })
  })

  it('does not disturb a delivery that is under way again', async () => {
    await town.house.deliver(deliveryId)
    await town.house.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
    expect((await tell({ disposition: 'contacted' })).status).toBe(201)
    await town.house.deliver(deliveryId)
    const log = await town.house.call('GET', `/v1/school/deliveries/${deliveryId}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(log.body).toMatchObject({ state: 'delivered', disposition: { disposition: 'contacted' } })
  })
})
