import { describe, expect, it } from 'vitest'
import type { RetainRequest, RetainResult } from '#shared/outbound/certificates/retain-certificate.ts'
import { addSchool, createTestMarket, readTimeline, visit } from '#test/functions/routing/create-test-market.ts'

const trustedFormCertUrl = 'https://cert.trustedform.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947'
const verified: RetainResult = { kind: 'retained', matches: true }

/** A school that wants verified certificates, and a vendor that answers as it is told. */
async function aMarket(result: RetainResult | 'no account', term = 'verified') {
  const state = { result, requests: [] as RetainRequest[] }
  const trustedform = async (request: RetainRequest): Promise<RetainResult> => {
    state.requests.push(request)
    return state.result === 'no account' ? { kind: 'unavailable', reason: 'none' } : state.result
  }
  const certificateVendors = result === 'no account' ? {} : { trustedform }
  const system = await createTestMarket({ alder: { campaign: { certificate: term } } }, { certificateVendors })
  const certify = () => system.api.retainCertificates({ certificateVendors })
  return { system, api: system.api, state, certify }
}

async function sendLead({ system }: Awaited<ReturnType<typeof aMarket>>, number: number, certificate?: string) {
  const { receipt } = await visit(system, number, certificate === undefined ? {} : { trustedFormCertUrl: certificate })
  const { outcome, decisions, certificates } = await readTimeline(system, receipt.leadId)
  const [verdict] = decisions.at(-1)?.verdicts ?? []
  return { leadId: receipt.leadId, outcome, reason: verdict?.reason, detail: verdict?.detail, certificates }
}

describe('a campaign that wants verified certificates', () => {
  it('gets a lead whose certificate is verified before the decision, within the request', async () => {
    const market = await aMarket(verified)
    const lead = await sendLead(market, 1, trustedFormCertUrl)
    expect(lead).toMatchObject({ outcome: 'accepted', certificates: [{ state: 'retained', matches: true }] })
    await market.certify()
    expect(market.state.requests.map(({ deadlineMs, reference }) => [deadlineMs, reference])).toEqual([
      [1500, lead.leadId],
    ])
  })

  it.each<[string, RetainResult | 'no account', string | undefined, RegExp]>([
    ['another person', { kind: 'retained', matches: false }, trustedFormCertUrl, /not that of the email or phone/],
    ['nothing', { kind: 'refused', reason: 'expired' }, trustedFormCertUrl, /does not have the certificate/],
    ['a vendor without our account', 'no account', trustedFormCertUrl, /no vendor was asked that does it/],
    ['no certificate', verified, undefined, /has no certificate/],
  ])('does not get a lead with a certificate of %s, and says why', async (_, result, certificate, detail) => {
    const lead = await sendLead(await aMarket(result), 1, certificate)
    expect(lead).toMatchObject({ outcome: 'unmatched', reason: 'CERTIFICATE', detail: expect.stringMatching(detail) })
  })

  it('gets the lead an hour later if the vendor was too slow, once the worker has verified it', async () => {
    const market = await aMarket({ kind: 'unavailable', reason: 'timeout' })
    const lead = await sendLead(market, 1, trustedFormCertUrl)
    expect(lead).toMatchObject({ outcome: 'unmatched', reason: 'CERTIFICATE', certificates: [{ state: 'waiting' }] })
    market.state.result = verified
    await market.certify()
    market.api.advanceClock(3601)
    await market.api.offer()
    expect(await readTimeline(market.system, lead.leadId)).toMatchObject({
      outcome: 'accepted',
      certificates: [{ state: 'retained', matches: true }],
    })
    expect(market.state.requests).toHaveLength(2)
  })

  it('gets nothing, and costs nothing, for a lead of a test', async () => {
    const market = await aMarket(verified)
    const { receipt } = await visit(market.system, 1, { trustedFormCertUrl, test: true })
    expect([receipt.outcome, market.state.requests.length]).toEqual(['accepted', 0])
  })
})

describe('other campaigns', () => {
  it('do not have the vendor asked within the request', async () => {
    const market = await aMarket(verified, 'any')
    await sendLead(market, 1, trustedFormCertUrl)
    expect(market.state.requests).toEqual([])
  })

  it('get what a campaign beside them refuses', async () => {
    const market = await aMarket({ kind: 'refused', reason: 'expired' })
    await addSchool(market.system, 'birch', {})
    const { receipt } = await visit(market.system, 1, { trustedFormCertUrl })
    expect(receipt.schools.map(({ schoolId }) => schoolId)).toEqual(['birch'])
  })

  it('that want only an address take one that is not verified yet, and no lead without', async () => {
    const market = await aMarket({ kind: 'unavailable', reason: 'timeout' }, 'present')
    expect((await sendLead(market, 1, trustedFormCertUrl)).outcome).toBe('accepted')
    expect(await sendLead(market, 2)).toMatchObject({ outcome: 'unmatched', reason: 'CERTIFICATE' })
  })
})
