import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { storedResponseKey } from '#shared/store/keys.ts'
import {
  aLead,
  createServerHeaders,
  createTestSystem,
  postLead,
  putRecord,
  requestMatch,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'
import { readStory, settleWithdrawal } from './withdrawal-fixture.ts'

describe('the withdrawal link of a receipt', () => {
  it('opens the page, which changes nothing, and withdraws when it is posted', async () => {
    const system = await createTestSystem()
    const { leadId, withdrawalPath = '' } = await submitTestLead(system)
    await deliverDue(system)
    system.api.advanceClock(60)
    const page = await system.api.call('GET', withdrawalPath)
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Stop contact from Tall Grass College')])
    expect((await readStory(system, leadId)).withdrawals).toEqual([])
    expect((await system.api.call('POST', withdrawalPath)).status).toBe(202)
    await settleWithdrawal(system)
    expect((await readStory(system, leadId)).withdrawals).toMatchObject([
      { channel: 'link', scope: { kind: 'source', sourceId: 'landing' } },
    ])
  })

  it('opens for a lead that is held for review, a test lead and a lead of a server', async () => {
    const system = await createTestSystem()
    await putRecord(system.api, 'sources', 'landing', { name: 'Landing page', mode: 'live', abuse: 'enforce' })
    const match = await requestMatch(system)
    const send = async (number: number, fields: { [name: string]: unknown }, headers = {}) =>
      leadReceipt.parse((await postLead(system, aLead(match, number, fields), headers)).body)
    const server = await createServerHeaders(system)
    const receipts = [await send(1, { website: 'x' }), await send(2, { test: true }, server), await send(3, {}, server)]
    expect((await readStory(system, receipts[0]?.leadId ?? '')).quarantine).toBe('held')
    for (const { withdrawalPath = '' } of receipts) expect((await open(system, withdrawalPath)).status).toBe(200)
  })

  it('has no personal data, and no other lead or signature opens it', async () => {
    const system = await createTestSystem()
    const [first, second] = [await submitTestLead(system, 1), await submitTestLead(system, 2)]
    const [, signature = ''] = first.withdrawalPath?.split('.') ?? []
    expect(first.withdrawalPath).toBe(`/v1/withdrawals/${first.leadId}.${signature}`)
    const foreign = `/v1/withdrawals/${second.leadId}.${signature}`
    expect([(await open(system, foreign)).status, (await open(system, second.withdrawalPath ?? '')).status]).toEqual([
      404, 200,
    ])
  })

  it.each(['.', ')', ' ', '%20', '%3E', '”'])('opens if it was copied with %j at its end', async (end) => {
    const system = await createTestSystem()
    const { withdrawalPath = '' } = await submitTestLead(system, 1)
    expect((await open(system, withdrawalPath + end)).status).toBe(200)
    expect((await system.api.call('POST', withdrawalPath + end)).status).toBe(202)
    expect((await open(system, `${withdrawalPath}A`)).status).toBe(404)
  })

  it('is left out of the repeated response to a lead that was sent before the link existed', async () => {
    const system = await createTestSystem()
    const key = { 'idempotency-key': 'form-1' }
    const lead = aLead(await requestMatch(system))
    const { withdrawalPath: _, ...earlier } = leadReceipt.parse((await postLead(system, lead, key)).body)
    const { digests } = system.api.createDependencies('capture')
    const row = storedResponseKey('landing', digests.hashIdempotencyKey('form-1'))
    await system.api.engine.transact([{ in: 'leads', change: row, set: { body: JSON.stringify(earlier) } }])
    const again = await postLead(system, lead, key)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.text).toBe(JSON.stringify(earlier))
  })
})

function open({ api }: TestSystem, path: string) {
  return api.call('GET', path)
}
