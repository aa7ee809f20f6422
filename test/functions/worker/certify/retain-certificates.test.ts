import { describe, expect, it } from 'vitest'
import type { RetainRequest, RetainResult } from '#shared/outbound/certificates/retain-certificate.ts'
import { erase } from '#test/functions/erasure/canary-lead.ts'
import {
  createTestMarket,
  deliverDue,
  readTimeline,
  setRejectingSchools,
  visit,
} from '#test/functions/routing/create-test-market.ts'

const trustedFormCertUrl = 'https://cert.trustedform.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947'
const hour = 3600

async function aLeadWithCertificate(
  fields: { [field: string]: unknown } = {},
  source: { [field: string]: unknown } = {},
) {
  const system = await createTestMarket({ alder: {} }, { source })
  const { receipt } = await visit(system, 1, { trustedFormCertUrl, ...fields })
  const { leadId } = receipt
  const readCertificates = async () => (await readTimeline(system, leadId)).certificates
  return { system, api: system.api, leadId, readCertificates, vendor: createVendor() }
}

/** A vendor that answers as it is told and remembers what it was asked. */
function createVendor(result: RetainResult = { kind: 'retained', matches: true }) {
  const state = { result, requests: [] as RetainRequest[] }
  const trustedform = async (request: RetainRequest) => {
    state.requests.push(request)
    return state.result
  }
  return { state, replace: { certificateVendors: { trustedform } } }
}

describe('the certificate of a lead', () => {
  it('is retained once, with the contact details, by workers that run at once', async () => {
    const { api, leadId, readCertificates, vendor } = await aLeadWithCertificate()
    expect(await readCertificates()).toMatchObject([{ vendor: 'trustedform', state: 'waiting' }])
    await Promise.all([api.retainCertificates(vendor.replace), api.retainCertificates(vendor.replace)])
    await api.retainCertificates(vendor.replace)
    expect(vendor.state.requests).toEqual([
      {
        certificate: trustedFormCertUrl,
        email: 'ada1@mail.example',
        phone: '+15127891001',
        reference: leadId,
        source: 'landing',
      },
    ])
    expect(await readCertificates()).toMatchObject([{ state: 'retained', matches: true }])
  })

  it('is retained by the next worker if one dies between asking and recording', async () => {
    const { api, readCertificates, vendor } = await aLeadWithCertificate()
    const dying = { certificateVendors: { trustedform: () => Promise.reject(new Error('killed')) } }
    await expect(api.retainCertificates(dying)).rejects.toThrow('killed')
    expect(await readCertificates()).toMatchObject([{ state: 'waiting' }])
    api.advanceClock(61)
    await api.retainCertificates(vendor.replace)
    expect(await readCertificates()).toMatchObject([{ state: 'retained' }])
  })

  it('says for good that the vendor refused it, and why', async () => {
    const { api, readCertificates, vendor } = await aLeadWithCertificate()
    vendor.state.result = { kind: 'refused', reason: 'expired or could not be found' }
    await api.retainCertificates(vendor.replace)
    api.advanceClock(24 * hour)
    await api.retainCertificates(vendor.replace)
    expect(vendor.state.requests).toHaveLength(1)
    expect(await readCertificates()).toMatchObject([
      { state: 'failed', fault: 'refused', reason: 'expired or could not be found' },
    ])
  })

  it('is tried again while the vendor or our account fails, with an alarm two days before the deadline', async () => {
    const { api, readCertificates, vendor } = await aLeadWithCertificate()
    vendor.state.result = { kind: 'unavailable', reason: 'status 401: Unauthorized' }
    const alarms = () => api.measurements.filter(({ metric }) => metric === 'CertificatesAtRisk')
    for (let hours = 0; hours < 23; hours++) {
      await api.retainCertificates(vendor.replace)
      api.advanceClock(hour)
    }
    expect(alarms()).toEqual([])
    api.advanceClock(2 * hour)
    await api.retainCertificates(vendor.replace)
    expect(alarms()).toEqual([{ metric: 'CertificatesAtRisk', value: 1 }])
    vendor.state.result = { kind: 'retained', matches: false, reason: 'No match' }
    api.advanceClock(7 * hour)
    await api.retainCertificates(vendor.replace)
    await api.retainCertificates(vendor.replace)
    expect(alarms()).toHaveLength(1)
    expect(await readCertificates()).toMatchObject([{ state: 'retained', matches: false, reason: 'No match' }])
  })

  it('is given up when no attempt can find it any more', async () => {
    const { api, readCertificates, vendor } = await aLeadWithCertificate()
    vendor.state.result = { kind: 'unavailable', reason: 'timeout' }
    for (let days = 0; days < 92; days++) {
      await api.retainCertificates(vendor.replace)
      api.advanceClock(24 * hour)
    }
    expect(await readCertificates()).toMatchObject([{ state: 'failed', fault: 'unreachable', reason: 'timeout' }])
  })

  it('is retained although the consent was withdrawn, because it proves how it was given', async () => {
    const { system, api, leadId, readCertificates, vendor } = await aLeadWithCertificate()
    await api.call('POST', '/v1/consents/withdrawals', {
      headers: { 'x-source-key': system.sourceKey },
      body: { email: 'ada1@mail.example' },
    })
    await api.continueWithdrawals()
    expect((await readTimeline(system, leadId)).withdrawals).toHaveLength(1)
    await api.retainCertificates(vendor.replace)
    expect(await readCertificates()).toMatchObject([{ state: 'retained' }])
  })

  it('is not retained once the person was erased, and the vendor is told nothing', async () => {
    const { system, api, readCertificates, vendor } = await aLeadWithCertificate()
    await erase(system, { email: 'ada1@mail.example' })
    await api.retainCertificates(vendor.replace)
    expect(vendor.state.requests).toEqual([])
    expect(await readCertificates()).toMatchObject([{ state: 'failed', fault: 'erased' }])
  })

  it('is not paid for while no school has the lead, and is once one gets it', async () => {
    const caps = [{ period: 'day', limit: 1, onReached: 'park' }]
    const system = await createTestMarket({ alder: { campaign: { caps } } })
    const takeCap = async () => void (await visit(system, 1))
    const { receipt } = await visit(system, 2, { trustedFormCertUrl }, {}, undefined, takeCap)
    const vendor = createVendor()
    const states = async () => (await readTimeline(system, receipt.leadId)).certificates?.map(({ state }) => state)
    await system.api.retainCertificates(vendor.replace)
    expect([receipt.outcome, vendor.state.requests.length, await states()]).toEqual(['unmatched', 0, ['waiting']])
    system.api.advanceClock(24 * hour)
    await system.api.offer()
    await system.api.retainCertificates(vendor.replace)
    expect([vendor.state.requests.length, await states()]).toEqual([1, ['retained']])
  })

  it('is not needed if no school gets the lead', async () => {
    const { system, api, vendor } = await aLeadWithCertificate({}, { duplicates: { keys: 'any', windowDays: 30 } })
    const { receipt } = await visit(system, 1, { trustedFormCertUrl })
    await api.retainCertificates(vendor.replace)
    expect(vendor.state.requests).toHaveLength(1)
    expect((await readTimeline(system, receipt.leadId)).certificates).toMatchObject([{ state: 'not-needed' }])
  })

  it('stays retained if the school rejects the lead later', async () => {
    const { system, api, readCertificates, vendor } = await aLeadWithCertificate()
    setRejectingSchools(system, 'alder')
    await api.sweep()
    for (const { deliveryId } of api.queue.pointers) await api.deliver(deliveryId)
    await api.retainCertificates(vendor.replace)
    expect(await readCertificates()).toMatchObject([{ state: 'retained' }])
  })

  it.each([
    ['a lead of a test source', { mode: 'test' }, trustedFormCertUrl, 'unverified'],
    ['an address that is none of TrustedForm', {}, 'https://cert.example/eb9fc4dd9bed9ad451a5', undefined],
  ])('of %s is not retained', async (_, source, certificateUrl, state) => {
    const { api, readCertificates, vendor } = await aLeadWithCertificate({ trustedFormCertUrl: certificateUrl }, source)
    await api.retainCertificates(vendor.replace)
    expect(vendor.state.requests).toEqual([])
    expect((await readCertificates())?.map((certificate) => certificate.state)).toEqual(state ? [state] : [])
  })

  it('is tried on if the account was removed meanwhile', async () => {
    const { api, readCertificates } = await aLeadWithCertificate()
    await api.retainCertificates({ certificateVendors: {} })
    expect(await readCertificates()).toMatchObject([
      { state: 'waiting', failures: 1, reason: 'no account at the vendor' },
    ])
  })

  it('is told to the school that has the lead, with whether it matches, and is in the proof of consent also after an erasure', async () => {
    const { system, api, vendor } = await aLeadWithCertificate()
    await deliverDue(system)
    vendor.state.result = { kind: 'retained', matches: false, until: '2031-12-01T00:00:00.000Z' }
    await api.retainCertificates(vendor.replace)
    const headers = { authorization: `Bearer ${await api.schoolKey('alder')}` }
    const { body } = await api.call('GET', '/v1/school/leads', { headers })
    const retained = { vendor: 'trustedform', state: 'retained', matches: false }
    expect(body).toMatchObject({ leads: [{ certificates: [retained] }] })
    await erase(system, { email: 'ada1@mail.example' })
    const proofQuery = { email: 'ada1@mail.example', purpose: 'Claim 1' }
    const { body: found } = await api.staff('POST', '/v1/ops/consent-proofs', { body: proofQuery })
    expect(found).toMatchObject({ proofs: [{ isErased: true, certificates: [retained] }] })
    const { body: after } = await api.call('GET', '/v1/school/leads', { headers })
    expect(JSON.stringify(after)).not.toContain('certificates')
  })

  it('may be two, each checked by its vendor, and both go to the school', async () => {
    const leadIdToken = 'EC0C8691-75C7-BD90-28E1-0E0AD126E7DC'
    const { system, api, readCertificates } = await aLeadWithCertificate({ leadIdToken })
    await api.retainCertificates()
    expect(await readCertificates()).toMatchObject([
      { vendor: 'trustedform', state: 'retained' },
      { vendor: 'jornaya', state: 'authentic' },
    ])
    await deliverDue(system)
    const [request] = api.webhooks.requests
    expect(JSON.parse(request?.body ?? '{}').data.consent).toMatchObject({
      certificateUrl: trustedFormCertUrl,
      leadIdToken,
    })
  })

  it('of Jornaya is stored and not checked if it is no token, and refuses no lead', async () => {
    const { api, readCertificates } = await aLeadWithCertificate({ trustedFormCertUrl: undefined, leadIdToken: 'none' })
    await api.retainCertificates()
    expect(await readCertificates()).toEqual([])
  })
})
