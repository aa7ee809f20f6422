import { describe, expect, it } from 'vitest'
import { listAudit } from '#shared/contract/access/audit.ts'
import { listQuarantine } from '#shared/contract/capture/quarantine.ts'
import { offerDays } from '#shared/domain/routing/offer.ts'
import { decisionKey } from '#shared/store/keys.ts'
import { aPerson, bayShoreCampaign, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import { aForm, createStrictSystem, postFormLater, readTimeline } from '../../capture/forms.ts'

describe('the quarantine', () => {
  it('lists who is kept back and why, oldest first, page after page, and nobody’s contact details', async () => {
    const system = await createStrictSystem()
    const leadIds = [
      await submitSuspectLead(system, 1),
      await submitSuspectLead(system, 2),
      await submitSuspectLead(system, 3),
    ]
    await postFormLater(system, 30, await aForm(system, 4))
    const first = await listQuarantinedLeads(system, '?limit=2')
    expect(first.leads.map(({ leadId }) => leadId)).toEqual(leadIds.slice(0, 2))
    expect(first.leads[0]).toMatchObject({
      sourceId: 'watched',
      state: 'TX',
      abuse: { verdict: 'suspicious', score: 100, reasons: ['HONEYPOT'] },
    })
    expect(JSON.stringify(first)).not.toContain('mail.example')
    const second = await listQuarantinedLeads(system, `?limit=2&cursor=${first.page.nextCursor}`)
    expect(second.leads.map(({ leadId }) => leadId)).toEqual(leadIds.slice(2))
  })

  it('lets a lead out to the schools that its consent named, at the next offer', async () => {
    const system = await createStrictSystem()
    const leadId = await submitSuspectLead(system, 1)
    system.api.advanceClock(29 * 86_400)
    const { status, body } = await release(system, leadId)
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        leadId,
        quarantine: 'released',
        offerAt: system.api.clock.now.toISOString(),
        review: {
          at: system.api.clock.now.toISOString(),
          by: expect.objectContaining({ kind: 'staff', name: 'key 1' }),
        },
      },
    })
    expect((await listQuarantinedLeads(system)).leads).toEqual([])
    await system.api.offer()
    const story = await readTimeline(system, leadId)
    expect(story).toMatchObject({ outcome: 'accepted', quarantine: 'released', abuse: { verdict: 'suspicious' } })
    expect(story.deliveries.map(({ schoolId }) => schoolId).toSorted()).toEqual(['bay-shore', 'tall-grass'])
    expect(story.decisions).toHaveLength(1)
    const { pk, sk } = decisionKey(leadId, story.decisions[0]?.decidedAt ?? '')
    const row = await system.api.engine.get({ in: 'leads', key: { pk, sk } })
    expect(row).toMatchObject({ receivedAt: story.receivedAt })
  })

  it('still says after the release why the match did not name a school, although that reason has ended', async () => {
    const system = await createStrictSystem()
    const full = { caps: [{ period: 'day', limit: 0 }] }
    await putRecord(system.api, 'campaigns', 'bay-shore-tx', bayShoreCampaign(full))
    const leadId = await submitSuspectLead(system, 1)
    await putRecord(system.api, 'campaigns', 'bay-shore-tx', bayShoreCampaign())
    await release(system, leadId)
    await system.api.offer()
    const { decisions } = await readTimeline(system, leadId)
    expect(decisions[0]?.verdicts).toContainEqual(
      expect.objectContaining({ schoolId: 'bay-shore', reason: 'CAP_DAY', also: ['SCHOOL_NOT_NAMED_IN_CONSENT'] }),
    )
  })

  it('lets nothing out to a school of somebody who has withdrawn consent meanwhile', async () => {
    const system = await createStrictSystem()
    const leadId = await submitSuspectLead(system, 1)
    await system.api.call('POST', '/v1/consents/withdrawals', {
      headers: { 'x-source-key': system.sourceKey },
      body: { email: aPerson(1).email },
    })
    await release(system, leadId)
    await system.api.offer()
    const { decisions, deliveries } = await readTimeline(system, leadId)
    expect(deliveries).toEqual([])
    expect(decisions[0]?.verdicts.map(({ reason }) => reason)).toEqual(['SUPPRESSED', 'SUPPRESSED'])
  })

  it('lets nothing out once nobody expects the call any more', async () => {
    const system = await createStrictSystem()
    const leadId = await submitSuspectLead(system, 1)
    system.api.advanceClock(offerDays * 86_400)
    expect((await release(system, leadId)).body).toMatchObject({ status: 409, code: 'LEAD_TOO_OLD' })
    expect((await reject(system, leadId)).status).toBe(200)
  })

  it('keeps what is rejected, and offers it to nobody', async () => {
    const system = await createStrictSystem()
    const leadId = await submitSuspectLead(system, 1)
    expect((await reject(system, leadId)).body).toMatchObject({ leadId, quarantine: 'rejected' })
    system.api.advanceClock(86_400)
    await system.api.offer()
    expect((await listQuarantinedLeads(system)).leads).toEqual([])
    expect(await readTimeline(system, leadId)).toMatchObject({
      contact: { email: 'a…@mail.example' },
      quarantine: 'rejected',
      outcome: 'unmatched',
      deliveries: [],
    })
  })

  it('is left once: the same decision again has the same result, and the other one learns who decided', async () => {
    const system = await createStrictSystem()
    const leadId = await submitSuspectLead(system, 1)
    const first = await release(system, leadId)
    system.api.advanceClock(60)
    await system.api.offer()
    expect((await release(system, leadId)).text).toBe(first.text)
    expect((await reject(system, leadId)).body).toMatchObject({
      status: 409,
      code: 'NOT_QUARANTINED',
      detail: expect.stringMatching(/^The lead was already released by key 1 at 2026-/),
    })
    const otherLeadId = await submitSuspectLead(system, 2)
    const rejected = await reject(system, otherLeadId)
    expect((await reject(system, otherLeadId)).text).toBe(rejected.text)
    expect((await release(system, otherLeadId)).body).toMatchObject({ detail: expect.stringContaining('rejected by') })
  })

  it('is left once by decisions at the same time, with one audit entry', async () => {
    const system = await createStrictSystem()
    const leadId = await submitSuspectLead(system, 1)
    const responses = await Promise.all([release(system, leadId), reject(system, leadId), release(system, leadId)])
    const { quarantine } = await readTimeline(system, leadId)
    expect(responses.map(({ status }) => status)).toEqual(quarantine === 'released' ? [200, 409, 200] : [409, 200, 409])
    const { body } = await system.api.staff('GET', `/v1/ops/audit?record=leads/${leadId}`)
    expect(listAudit.responses[200].body.parse(body).entries).toHaveLength(1)
  })

  it('is not entered by anything that staff do', async () => {
    const system = await createStrictSystem()
    const { leadId } = await postFormLater(system, 30, await aForm(system))
    expect((await release(system, leadId)).body).toMatchObject({ code: 'NOT_QUARANTINED' })
    expect((await reject(system, leadId)).body).toMatchObject({ code: 'NOT_QUARANTINED' })
    expect((await reject(system, `lead_${'9'.repeat(22)}`)).status).toBe(404)
  })
})

async function submitSuspectLead(system: TestSystem, number: number) {
  return (await postFormLater(system, 30, await aForm(system, number, { website: 'https://buy.example' }))).leadId
}

async function listQuarantinedLeads({ api }: TestSystem, query = '') {
  return listQuarantine.responses[200].body.parse((await api.staff('GET', `/v1/ops/quarantine${query}`)).body)
}

const release = ({ api }: TestSystem, leadId: string) => api.staff('POST', `/v1/ops/leads/${leadId}/release`)
const reject = ({ api }: TestSystem, leadId: string) => api.staff('POST', `/v1/ops/leads/${leadId}/reject`)
