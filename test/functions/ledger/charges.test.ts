import { describe, expect, it } from 'vitest'
import { sumCents } from '#shared/domain/reporting/ledger/ledger-entry.ts'
import { createTestSystem, submitLeadMarkedTest, submitTestLead } from '#test/functions/create-test-system.ts'
import { erase } from '#test/functions/erasure/canary-lead.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { aBuyer, acceptReturn, refuseReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'
import { listEntries, schoolAccount } from './list-entries.ts'

const to = 'leads@bay-shore.example'

/** A lead for one school, which has not been delivered. */
async function aSoldLead(schoolId: 'tall-grass' | 'bay-shore' = 'tall-grass') {
  const system = await createTestSystem()
  const { leadId, schools } = await submitTestLead(system, 1, { schoolIds: [schoolId] })
  const deliveryId = schools[0]?.deliveryId ?? ''
  const list = () => listEntries(system, schoolAccount(schoolId))
  return { system, api: system.api, leadId, deliveryId, list, deliver: () => system.api.deliver(deliveryId) }
}

async function aBouncedLead() {
  const sold = await aSoldLead('bay-shore')
  await sold.deliver()
  sold.api.advanceClock(60)
  const bounce = (messageId: string) =>
    sold.api.bounce({ deliveryId: sold.deliveryId, messageId, to: [to], why: 'bounced', lasting: false })
  return { ...sold, bounce }
}

describe('the charge of a lead', () => {
  it('is entered when the lead is delivered, with its price, and not before', async () => {
    const { api, deliveryId, leadId, list, deliver } = await aSoldLead()
    expect(await list()).toEqual([])
    await deliver()
    expect(await list()).toEqual([
      {
        entryId: `${deliveryId}:charge`,
        kind: 'charge',
        at: api.clock.now.toISOString(),
        amountCents: -4500,
        currency: 'USD',
        deliveryId,
        leadId,
        campaignId: 'tall-grass-tx',
      },
    ])
  })

  it('stays one charge when the lead is sent again', async () => {
    const { api, deliveryId, list, deliver } = await aSoldLead()
    await deliver()
    const before = await list()
    for (const status of [200, 500, 200]) {
      api.advanceClock(3600)
      api.webhooks.respond = () => webhookResponse(status)
      await api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
      await deliver()
    }
    expect(await list()).toEqual(before)
  })

  it('is entered when the school opens the lead before it arrives, and a late delivery adds nothing', async () => {
    const { api, deliveryId, list, deliver } = await aSoldLead()
    api.webhooks.respond = () => webhookResponse(500)
    await deliver()
    expect(await list()).toEqual([])
    const headers = { authorization: `Bearer ${await api.schoolKey('tall-grass')}` }
    await api.call('POST', `/v1/school/leads/${deliveryId}/take`, { headers })
    expect(await list()).toMatchObject([{ kind: 'charge', amountCents: -4500 }])
    api.webhooks.respond = () => webhookResponse(200)
    await api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
    await deliver()
    expect(await list()).toHaveLength(1)
  })

  it('is not made for a lead that the school rejects, for a test lead, or for a notice of an erasure', async () => {
    const rejected = await aSoldLead()
    rejected.api.webhooks.respond = () => webhookResponse(422)
    await rejected.deliver()
    expect(await rejected.list()).toEqual([])

    const system = await createTestSystem()
    await submitLeadMarkedTest(system)
    await deliverDue(system)
    expect(await listEntries(system, schoolAccount('tall-grass'))).toEqual([])

    const erased = await aSoldLead()
    await erased.deliver()
    await erase(erased.system, { leadId: erased.leadId })
    await deliverDue(erased.system)
    expect(await erased.list()).toMatchObject([
      { deliveryId: erased.deliveryId, leadId: erased.leadId, amountCents: -4500 },
    ])
  })
})

describe('the charge of a lead whose email bounces', () => {
  it('is taken back, and made again when a later email arrives', async () => {
    const { system, api, list, bounce } = await aBouncedLead()
    await bounce('message-1')
    expect((await list()).map(({ kind, amountCents }) => [kind, amountCents])).toEqual([
      ['charge', -4500],
      ['reversal', 4500],
    ])
    api.advanceClock(3600)
    await deliverDue(system)
    api.advanceClock(60)
    await bounce('message-2')
    api.advanceClock(6 * 3600)
    await deliverDue(system)
    const entries = await list()
    expect(entries.map(({ kind }) => kind)).toEqual(['charge', 'reversal', 'charge', 'reversal', 'charge'])
    expect(new Set(entries.map(({ entryId }) => entryId)).size).toBe(5)
    expect(sumCents(entries)).toBe(-4500)
    const [first, , second, secondReversal] = entries
    expect(secondReversal).toMatchObject({ reverses: second?.entryId, originalAt: second?.at })
    expect(first?.entryId).not.toBe(second?.entryId)
  })

  it('is taken back once if the bounce is reported twice', async () => {
    const { list, bounce } = await aBouncedLead()
    await bounce('message-1')
    await bounce('message-1')
    expect(sumCents(await list())).toBe(0)
    expect(await list()).toHaveLength(2)
  })

  it('stays if a second email arrived before the bounce of the first was recorded', async () => {
    const { api, deliveryId, list, bounce, deliver } = await aBouncedLead()
    await api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
    let bounceFault: unknown
    api.mailbox.whileSending = () =>
      bounce('message-1').catch((error) => {
        bounceFault = error
      })
    await deliver()
    expect(String(bounceFault)).toMatch(/under way/)
    await bounce('message-1')
    expect((await list()).map(({ kind }) => kind)).toEqual(['charge'])
  })
})

describe('the credit of a return', () => {
  it('is entered when staff accept it, once however often they do, and names the charge that it gives back', async () => {
    const buyer = await aBuyer()
    await buyer.deliver()
    const list = () => listEntries(buyer.town, schoolAccount('alder'))
    const [charge] = await list()
    buyer.town.api.advanceClock(86_400)
    await requestReturn(buyer)
    expect(await list()).toHaveLength(1)
    await Promise.all([1, 2, 3].map(() => acceptReturn(buyer)))
    const entries = await list()
    expect(entries).toHaveLength(2)
    expect(entries[1]).toMatchObject({
      entryId: `${buyer.deliveryId}:credit`,
      kind: 'credit',
      amountCents: 4500,
      at: buyer.town.api.clock.now.toISOString(),
      originalAt: charge?.at,
      reason: 'invalid-contact',
    })
    expect(sumCents(entries)).toBe(0)
  })

  it('is not made for a return that staff refuse', async () => {
    const buyer = await aBuyer()
    await buyer.deliver()
    await requestReturn(buyer)
    await refuseReturn(buyer)
    expect(await listEntries(buyer.town, schoolAccount('alder'))).toMatchObject([{ kind: 'charge' }])
  })
})
