import { describe, expect, it } from 'vitest'
import {
  aLead,
  createServerHeaders,
  postLead,
  putRecord,
  readTrueReceipt,
  requestMatch,
} from '#test/functions/create-test-system.ts'
import { createTestMarket, deliverDue, readDeliveryStates, visit } from '#test/functions/routing/create-test-market.ts'

const setStatus = (system: Awaited<ReturnType<typeof createTestMarket>>, status: string) =>
  putRecord(system.api, 'sources', 'landing', { name: 'Landing page', mode: 'live', status })

describe('a paused source', () => {
  it('gets no match and can send no lead, and stores nothing, until it is resumed', async () => {
    const system = await createTestMarket({ alder: {} })
    const match = await requestMatch(system)
    await setStatus(system, 'paused')
    const headers = { 'idempotency-key': 'paused-1' }
    const refused = await postLead(system, aLead(match, 1), headers)
    expect([refused.status, refused.body]).toMatchObject([403, { code: 'SOURCE_PAUSED' }])
    await expect(requestMatch(system)).rejects.toThrow()
    await setStatus(system, 'active')
    expect((await postLead(system, aLead(match, 1), headers)).status).toBe(201)
  })

  it('goes on with the leads that were accepted before, and repeats their receipts', async () => {
    const system = await createTestMarket({ alder: {} })
    const { receipt } = await visit(system, 1)
    await setStatus(system, 'paused')
    await deliverDue(system)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'delivered' })
    expect(await readTrueReceipt(system, receipt.leadId)).toEqual(receipt)
  })

  it('still lets people withdraw their consent, and the publisher read its leads', async () => {
    const system = await createTestMarket({ alder: {} })
    await visit(system, 1)
    await setStatus(system, 'paused')
    const withdrawal = { headers: { 'x-source-key': system.sourceKey }, body: { email: 'ada1@mail.example' } }
    expect((await system.api.call('POST', '/v1/consents/withdrawals', withdrawal)).status).toBe(202)
    const headers = await createServerHeaders(system)
    expect((await system.api.call('GET', '/v1/publisher/leads', { headers })).body).toMatchObject({ leads: [{}] })
  })
})
