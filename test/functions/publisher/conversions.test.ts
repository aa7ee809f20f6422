import { describe, expect, it } from 'vitest'
import { createServerHeaders, type TestSystem } from '#test/functions/create-test-system.ts'
import { acceptReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'
import { createTestMarket, deliverDue, visit } from '#test/functions/routing/create-test-market.ts'

const payout = { amount: { kind: 'fixed', cents: 1200 }, on: 'delivered' }
const market = () => createTestMarket({ alder: {} }, { source: { payout } })
const google = 'Google Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency'

async function readOwn(system: TestSystem, query: string) {
  const headers = await createServerHeaders(system)
  const response = await system.api.call('GET', `/v1/publisher/conversions/csv?since=2026-11-01&${query}`, { headers })
  expect(response.status).toBe(200)
  return response.text.trim().split('\r\n')
}
const record = (system: TestSystem, deliveryId: string, body: object, key = 'a') =>
  system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/dispositions`, {
    body,
    headers: { 'idempotency-key': key },
  })

describe('the conversions of a source', () => {
  it('are the leads that came by a click of the platform, with the time and what they earned', async () => {
    const system = await market()
    await visit(system, 1, { subIds: { gclid: 'Cj0K', sub1: 'a' } })
    await visit(system, 2, { subIds: { fbclid: 'IwAR' } })
    await visit(system, 3, { subIds: { sub1: 'a' } })
    await visit(system, 4, { test: true, subIds: { gclid: 'Test' } })
    await deliverDue(system)
    const [header, row, ...others] = await readOwn(system, 'platform=google')
    expect(header).toBe(google)
    expect(row).toMatch(/^Cj0K,delivered,2026-11-23 \d\d:\d\d:\d\d\+00:00,12\.00,USD$/)
    expect(others).toEqual([])
    const [, metaRow] = await readOwn(system, 'platform=meta&event=accepted')
    expect(metaRow).toMatch(/^accepted,2026-11-23T[\d:.]+Z,fb\.1\.\d{13}\.IwAR,12\.00,USD,lead_/)
  })

  it('are worth nothing after a return, and are left out after a withdrawal and after an erasure', async () => {
    const system = await market()
    const visits = [
      await visit(system, 1, { subIds: { gclid: 'returned' } }),
      await visit(system, 2, { subIds: { gclid: 'erased' } }),
    ]
    await deliverDue(system)
    const [deliveryId = ''] = visits.flatMap(({ receipt }) => receipt.schools.map((one) => one.deliveryId))
    await requestReturn({ town: system, key: await system.api.schoolKey('alder'), deliveryId })
    await acceptReturn({ town: system, deliveryId })
    await system.api.staff('POST', '/v1/ops/erasures', { body: { leadId: visits[1]?.receipt.leadId } })
    const [, ...rows] = await readOwn(system, 'platform=google')
    expect(rows).toEqual([expect.stringMatching(/^returned,delivered,.*,0\.00,USD$/)])
  })

  it('of staff have what schools paid as their value, and a cell that a spreadsheet would run is escaped', async () => {
    const system = await market()
    await visit(system, 1, { subIds: { gclid: '=1+1' } })
    await deliverDue(system)
    const response = await system.api.staff(
      'GET',
      '/v1/ops/sources/landing/conversions/csv?platform=google&since=2026-11-01',
    )
    expect(response.text.split('\r\n')[1]).toMatch(/^'=1\+1,delivered,.*,45\.00,USD$/)
    const unknown = await system.api.staff(
      'GET',
      '/v1/ops/sources/none/conversions/csv?platform=google&since=2026-11-01',
    )
    expect(unknown.status).toBe(404)
  })
})

describe('an outcome that staff record', () => {
  it('is shown to the school as by staff, is a conversion, and is recorded once for a key', async () => {
    const system = await market()
    const { receipt } = await visit(system, 1, { subIds: { gclid: 'Cj0K' } })
    await deliverDue(system)
    const deliveryId = receipt.schools[0]?.deliveryId ?? ''
    const body = { disposition: 'enrolled', term: 'Fall 2027' }
    expect(await record(system, deliveryId, body)).toMatchObject({ status: 201, body: { byStaff: true, ...body } })
    expect((await record(system, deliveryId, body)).status).toBe(200)
    const headers = { authorization: `Bearer ${await system.api.schoolKey('alder')}` }
    const log = await system.api.call('GET', `/v1/school/deliveries/${deliveryId}`, { headers })
    expect(log.body).toMatchObject({ dispositions: [{ disposition: 'enrolled', byStaff: true }] })
    expect(await readOwn(system, 'platform=google&event=enrolled')).toHaveLength(2)
    const { body: audit } = await system.api.staff('GET', '/v1/ops/audit?action=disposition.recorded')
    expect(JSON.stringify(audit)).toContain('"kind":"staff"')
  })

  it('is refused for a lead that the school does not have, in the future, and as an opt-out', async () => {
    const system = await market()
    const { receipt } = await visit(system, 1)
    const deliveryId = receipt.schools[0]?.deliveryId ?? ''
    expect(await record(system, deliveryId, { disposition: 'contacted' })).toMatchObject({
      status: 409,
      body: { code: 'NOT_DELIVERED' },
    })
    await deliverDue(system)
    const future = { disposition: 'contacted', at: '2030-01-01T00:00:00Z' }
    expect(await record(system, deliveryId, future)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/at' }] },
    })
    expect((await record(system, deliveryId, { disposition: 'opted-out' })).status).toBe(422)
  })
})
