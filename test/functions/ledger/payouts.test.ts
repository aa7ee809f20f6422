import { describe, expect, it } from 'vitest'
import { sumCents } from '#shared/domain/reporting/ledger/ledger-entry.ts'
import { createServerHeaders, putRecord } from '#test/functions/create-test-system.ts'
import { erase } from '#test/functions/erasure/canary-lead.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { bounceLastEmail } from '#test/functions/returns/bounce-last-email.ts'
import { acceptReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'
import {
  advanceTime,
  createTestMarket,
  deliverDue,
  type SchoolSpec,
  setRejectingSchools,
  visit,
} from '#test/functions/routing/create-test-market.ts'
import { addEntry, readSummary } from './accounts.ts'
import { listEntries, schoolAccount } from './list-entries.ts'

const fixed = (cents: number) => ({ amount: { kind: 'fixed', cents } })

/** A source with these terms and a lead that was accepted for all schools, not delivered. */
async function aPaidSource(
  payout: object | undefined,
  schools: { [id: string]: SchoolSpec } = { alder: {} },
  lead: { [field: string]: unknown } = {},
) {
  const system = await createTestMarket(schools, { source: { ...(payout && { payout }) } })
  const { receipt } = await visit(system, 1, lead)
  const list = () => listEntries(system, { kind: 'sources', id: 'landing' })
  const deliveryIds = receipt.schools.map(({ deliveryId }) => deliveryId)
  return { system, api: system.api, list, leadId: receipt.leadId, deliveryIds }
}
const threeSchools = { alder: {}, birch: {}, cedar: {} }

describe('the payout of a lead', () => {
  it('is entered by the delivery, in the write that charges the school, and not before', async () => {
    const { system, api, list, leadId, deliveryIds } = await aPaidSource(fixed(1500))
    expect(await list()).toEqual([])
    await deliverDue(system)
    expect(await list()).toEqual([
      {
        entryId: `${deliveryIds[0]}:payout`,
        kind: 'payout',
        at: api.clock.now.toISOString(),
        amountCents: 1500,
        currency: 'USD',
        deliveryId: deliveryIds[0],
        leadId,
        campaignId: 'alder',
      },
    ])
    expect(await listEntries(system, schoolAccount('alder'))).toMatchObject([{ kind: 'charge', amountCents: -4500 }])
  })

  it('is entered with the lead if the source is paid for accepted leads, also if the school rejects it then', async () => {
    const { system, list } = await aPaidSource({ ...fixed(1500), on: 'accepted' })
    expect(await list()).toMatchObject([{ kind: 'payout', amountCents: 1500 }])
    setRejectingSchools(system, 'alder')
    await deliverDue(system)
    expect(await list()).toMatchObject([{ kind: 'payout', amountCents: 1500 }])
  })

  it('is not entered for a rejected lead, a test lead, or a source without terms', async () => {
    const rejected = await aPaidSource(fixed(1500))
    setRejectingSchools(rejected.system, 'alder')
    await deliverDue(rejected.system)
    expect(await rejected.list()).toEqual([])

    const test = await aPaidSource({ ...fixed(1500), on: 'accepted' }, { alder: {} }, { test: true })
    await deliverDue(test.system)
    expect(await test.list()).toEqual([])

    const unpaid = await aPaidSource(undefined)
    await deliverDue(unpaid.system)
    expect(await unpaid.list()).toEqual([])
  })

  it('adds up to the amount of the lead if several schools get it', async () => {
    const { system, list } = await aPaidSource(fixed(1000), threeSchools)
    await deliverDue(system)
    expect((await list()).map(({ amountCents }) => amountCents).toSorted()).toEqual([333, 333, 334])
  })

  it('does not exceed the amount if the lead goes to another school after one rejected it', async () => {
    const { system, list } = await aPaidSource(fixed(1000), threeSchools, {})
    setRejectingSchools(system, 'alder')
    await deliverDue(system)
    await advanceTime(system, 2 * 86_400)
    expect(sumCents(await list())).toBeLessThanOrEqual(1000)
    expect(await list()).toHaveLength(2)
  })

  it('stays one payout when the lead is sent again, and after the person is erased', async () => {
    const { system, api, list, leadId, deliveryIds } = await aPaidSource(fixed(1500))
    await deliverDue(system)
    const before = await list()
    for (const status of [200, 500, 200]) {
      api.advanceClock(3600)
      api.webhooks.respond = () => webhookResponse(status)
      await api.staff('POST', `/v1/ops/deliveries/${deliveryIds[0]}/replay`)
      await deliverDue(system)
    }
    await erase(system, { leadId })
    expect(await list()).toEqual(before)
  })

  it('is taken back when the email bounces, and entered again when a later one arrives', async () => {
    const email = { campaign: { endpoint: { kind: 'email', to: 'leads@alder.example' } } }
    const { system, api, list, deliveryIds } = await aPaidSource(fixed(1500), { alder: email })
    await deliverDue(system)
    api.advanceClock(60)
    await bounceLastEmail(system, deliveryIds[0] ?? '')
    expect((await list()).map(({ kind, amountCents }) => [kind, amountCents])).toEqual([
      ['payout', 1500],
      ['reversal', -1500],
    ])
    api.advanceClock(3600)
    await deliverDue(system)
    const entries = await list()
    expect(entries.map(({ kind }) => kind)).toEqual(['payout', 'reversal', 'payout'])
    expect(new Set(entries.map(({ entryId }) => entryId)).size).toBe(3)
    expect(sumCents(entries)).toBe(1500)
  })

  it('is given back once when a return is accepted, and stays when it is refused', async () => {
    const { system, api, list, deliveryIds } = await aPaidSource(fixed(1500))
    await deliverDue(system)
    const buyer = { town: system, key: await api.schoolKey('alder'), deliveryId: deliveryIds[0] ?? '' }
    const [payout] = await list()
    api.advanceClock(86_400)
    await requestReturn(buyer)
    expect(await list()).toHaveLength(1)
    await Promise.all([1, 2, 3].map(() => acceptReturn(buyer)))
    expect((await list())[1]).toMatchObject({
      entryId: `${deliveryIds[0]}:chargeback`,
      kind: 'reversal',
      amountCents: -1500,
      reverses: payout?.entryId,
      originalAt: payout?.at,
      reason: 'invalid-contact',
    })
    expect(await list()).toHaveLength(2)
  })

  it('is that of the terms when the lead was accepted, whatever staff edit before the delivery', async () => {
    const { system, api, list } = await aPaidSource(fixed(1500))
    await putRecord(api, 'sources', 'landing', { name: 'Landing page', mode: 'live', payout: fixed(1) })
    await deliverDue(system)
    expect(await list()).toMatchObject([{ amountCents: 1500 }])
  })

  it('is in the balance and the statement of the source beside what it was paid, and verifies', async () => {
    const { system, api } = await aPaidSource(fixed(1500))
    await deliverDue(system)
    await addEntry(system, 'sources/landing', { kind: 'payment', amountCents: 500 }, 'payment-1')
    expect(await readSummary(system, 'sources/landing')).toMatchObject({ balanceCents: 1000 })
    api.advanceClock(40 * 86_400)
    await api.closeStatements()
    const { body } = await api.staff('GET', '/v1/ops/accounts/sources/landing/statement-verification')
    expect(body).toMatchObject({ faults: [] })
    const headers = await createServerHeaders(system)
    const own = await api.call('GET', '/v1/publisher/account', { headers })
    expect(own.body).toMatchObject({
      balanceCents: 1000,
      statements: [{}, {}, { totals: { payout: 1500, payment: -500 } }],
    })
  })

  it('is shown to staff with the delivery, and never to the school', async () => {
    const { system, api, deliveryIds, leadId } = await aPaidSource(fixed(1500))
    await deliverDue(system)
    const { body } = await api.staff('GET', `/v1/ops/leads/${leadId}`)
    expect(body).toMatchObject({ deliveries: [{ priceCents: 4500, payoutCents: 1500 }] })
    const headers = { authorization: `Bearer ${await api.schoolKey('alder')}` }
    for (const path of [`/v1/school/deliveries/${deliveryIds[0]}`, '/v1/school/leads', '/v1/school/account'])
      expect((await api.call('GET', path, { headers })).text).not.toMatch(/payout[A-Z]/)
    expect(api.webhooks.requests.map((request) => JSON.stringify(request)).join()).not.toContain('payoutCents')
  })
})
