import { describe, expect, it } from 'vitest'
import { listEntries, schoolAccount } from '#test/functions/ledger/list-entries.ts'
import { aBuyer, readLog, refuseReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'

const hourSeconds = 3600

/** A school that requested credit, under terms that accept it after a day. */
async function aRequest(returns: object = { autoApproveAfterHours: 24 }) {
  const buyer = await aBuyer({ returns })
  await buyer.deliver()
  await requestReturn(buyer)
  const { api } = buyer.town
  const readState = async () => (await readLog(buyer)).return?.state
  const listKinds = async () => (await listEntries(buyer.town, schoolAccount('alder'))).map(({ kind }) => kind)
  return { buyer, api, readState, listKinds }
}

describe('a return that staff do not decide', () => {
  it('is accepted and credited after the hours of the terms, once, and not before', async () => {
    const { buyer, api, readState, listKinds } = await aRequest()
    api.advanceClock(24 * hourSeconds - 1)
    await api.approveDueReturns()
    expect(await readState()).toBe('requested')
    api.advanceClock(1)
    await Promise.all([api.approveDueReturns(), api.approveDueReturns()])
    await api.approveDueReturns()
    expect(await readState()).toBe('accepted')
    expect(await listKinds()).toEqual(['charge', 'credit'])
    const { body } = await api.staff('GET', `/v1/ops/returns?state=accepted`)
    expect(body).toMatchObject({ returns: [{ deliveryId: buyer.deliveryId, decidedBy: { keyId: 'system' } }] })
  })

  it('waits for staff for ever without such terms', async () => {
    const { api, readState } = await aRequest({ days: 14 })
    api.advanceClock(60 * 24 * hourSeconds)
    await api.approveDueReturns()
    expect(await readState()).toBe('requested')
  })

  it('stays as staff decided it before', async () => {
    const { buyer, api, readState, listKinds } = await aRequest()
    await refuseReturn(buyer)
    api.advanceClock(48 * hourSeconds)
    await api.approveDueReturns()
    expect(await readState()).toBe('refused')
    expect(await listKinds()).toEqual(['charge'])
  })
})
