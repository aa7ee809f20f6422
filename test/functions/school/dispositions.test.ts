import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createTestSystem, readLead, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'

const dispositionResponse = z.object({ dispositionId: z.string(), recordedAt: z.string() })
let system: TestSystem
let key: string
let leadId: string
let deliveryId: string
beforeEach(async () => {
  system = await createTestSystem()
  key = await system.api.schoolKey('tall-grass')
  const receipt = await submitTestLead(system)
  leadId = receipt.leadId
  deliveryId = receipt.schools.find(({ schoolId }) => schoolId === 'tall-grass')?.deliveryId ?? ''
})

const path = () => `/v1/school/deliveries/${deliveryId}/dispositions`
const postDisposition = (body: object, headers: { [name: string]: string } = {}) =>
  system.api.call('POST', path(), { headers: { authorization: `Bearer ${key}`, ...headers }, body })
const listDispositions = async () => {
  const { body } = await system.api.call('GET', path(), { headers: { authorization: `Bearer ${key}` } })
  return z.object({ dispositions: z.array(z.looseObject({ disposition: z.string() })) }).parse(body).dispositions
}

describe('dispositions', () => {
  it('records a disposition of a delivered lead, shown in log, list and timeline', async () => {
    await system.api.deliver(deliveryId)
    expect((await postDisposition({ disposition: 'contacted', note: 'Wants to start in May.' })).status).toBe(201)
    system.api.advanceClock(60)
    expect((await postDisposition({ disposition: 'applied' })).status).toBe(201)
    expect((await listDispositions()).map(({ disposition }) => disposition)).toEqual(['contacted', 'applied'])
    const timeline = JSON.stringify(await readLead(system, leadId))
    expect(timeline).toContain('Wants to start in May.')
    const list = await system.api.call('GET', '/v1/school/leads', { headers: { authorization: `Bearer ${key}` } })
    expect(list.body).toMatchObject({ leads: [{ disposition: { disposition: 'applied' } }] })
  })

  it('filters leads by latest disposition and by state', async () => {
    await system.api.deliver(deliveryId)
    await submitTestLead(system, 2)
    const findLeads = async (query: string) => {
      const headers = { authorization: `Bearer ${key}` }
      const { body } = await system.api.call('GET', `/v1/school/leads?${query}`, { headers })
      return z.object({ leads: z.array(z.object({ deliveryId: z.string() })) }).parse(body).leads
    }
    expect(await findLeads('disposition=none')).toHaveLength(2)
    expect(await findLeads('disposition=none&state=delivered')).toEqual([{ deliveryId }])
    await postDisposition({ disposition: 'contacted' })
    await postDisposition({ disposition: 'applied' })
    expect(await findLeads('disposition=applied')).toEqual([{ deliveryId }])
    expect(await findLeads('disposition=contacted')).toEqual([])
    expect(await findLeads('disposition=none&state=delivered')).toEqual([])
    expect(await findLeads('state=pending')).toHaveLength(1)
  })

  it('records concurrent identical requests once', async () => {
    await system.api.deliver(deliveryId)
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => postDisposition({ disposition: 'enrolled' }, { 'idempotency-key': 'one' })),
    )
    expect(responses.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    expect(new Set(responses.map(({ body }) => dispositionResponse.parse(body).dispositionId)).size).toBe(1)
    expect(await listDispositions()).toHaveLength(1)
  })

  it('records a disposition without an idempotency key once per day, and again for another time', async () => {
    await system.api.deliver(deliveryId)
    expect((await postDisposition({ disposition: 'contacted' })).status).toBe(201)
    expect((await postDisposition({ disposition: 'contacted' })).status).toBe(200)
    system.api.advanceClock(86_400)
    expect((await postDisposition({ disposition: 'contacted' })).status).toBe(201)
    expect((await postDisposition({ disposition: 'contacted', at: '2026-11-24T09:00:00.000Z' })).status).toBe(201)
    expect(await listDispositions()).toHaveLength(3)
  })

  it('records a disposition of a lead that is later than a clock that was set back, as of the lead', async () => {
    await system.api.deliver(deliveryId)
    const receivedAt = system.api.clock.now.toISOString()
    system.api.advanceClock(-3600)
    expect((await postDisposition({ disposition: 'contacted' })).status).toBe(201)
    expect(await listDispositions()).toMatchObject([{ disposition: 'contacted', at: receivedAt }])
    const earlier = await postDisposition({ disposition: 'applied', at: '2026-11-23T12:00:00Z' })
    expect(earlier).toMatchObject({ status: 422, body: { errors: [{ code: 'too_early' }] } })
  })

  it('refuses another body under the same idempotency key', async () => {
    await system.api.deliver(deliveryId)
    await postDisposition({ disposition: 'contacted' }, { 'idempotency-key': 'one' })
    expect(await postDisposition({ disposition: 'applied' }, { 'idempotency-key': 'one' })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    })
  })

  it('refuses a disposition of an undelivered lead and of another school’s lead', async () => {
    expect(await postDisposition({ disposition: 'contacted' })).toMatchObject({
      status: 409,
      body: { code: 'NOT_DELIVERED' },
    })
    await system.api.deliver(deliveryId)
    key = await system.api.schoolKey('bay-shore')
    expect((await postDisposition({ disposition: 'contacted' })).status).toBe(404)
  })

  it.each([
    ['in the future', '2026-11-24T15:00:00.000Z'],
    ['before the lead came', '2026-11-23T14:00:00.000Z'],
  ])('refuses a disposition dated %s', async (_, at) => {
    await system.api.deliver(deliveryId)
    expect(await postDisposition({ disposition: 'contacted', at })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/at' }] },
    })
  })

  it('does not disturb a delivery that is being sent again', async () => {
    await system.api.deliver(deliveryId)
    await system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
    expect((await postDisposition({ disposition: 'contacted' })).status).toBe(201)
    await system.api.deliver(deliveryId)
    const log = await system.api.call('GET', `/v1/school/deliveries/${deliveryId}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(log.body).toMatchObject({ state: 'delivered', disposition: { disposition: 'contacted' } })
  })
})
