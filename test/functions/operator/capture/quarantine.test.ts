import { describe, expect, it } from 'vitest'
import { listQuarantine } from '#shared/contract/capture/quarantine.ts'
import { offerDays } from '#shared/domain/routing/offer.ts'
import { decisionKey } from '#shared/store/keys.ts'
import { aPerson, type Town } from '#test/functions/town.ts'
import { aForm, aWatchedTown, sendAfter, storyTold } from '../../capture/forms.ts'

describe('the quarantine', () => {
  it('lists who is kept back and why, oldest first, page after page, and nobody’s contact details', async () => {
    const town = await aWatchedTown()
    const leadIds = [await suspect(town, 1), await suspect(town, 2), await suspect(town, 3)]
    await sendAfter(town, 30, await aForm(town, 4))
    const first = await listed(town, '?limit=2')
    expect(first.leads.map(({ leadId }) => leadId)).toEqual(leadIds.slice(0, 2))
    expect(first.leads[0]).toMatchObject({
      sourceId: 'watched',
      state: 'TX',
      abuse: { verdict: 'suspicious', score: 100, reasons: ['HONEYPOT'] },
    })
    expect(JSON.stringify(first)).not.toContain('mail.example')
    const second = await listed(town, `?limit=2&cursor=${first.page.nextCursor}`)
    expect(second.leads.map(({ leadId }) => leadId)).toEqual(leadIds.slice(2))
  })

  it('lets a lead out to the schools that its consent named, at the next offer', async () => {
    const town = await aWatchedTown()
    const leadId = await suspect(town, 1)
    town.house.pass(29 * 86_400)
    const { status, body } = await release(town, leadId)
    expect({ status, body }).toEqual({
      status: 200,
      body: { leadId, quarantine: 'released', offerAt: town.house.clock.now.toISOString() },
    })
    expect((await listed(town)).leads).toEqual([])
    await town.house.offer()
    const story = await storyTold(town, leadId)
    expect(story).toMatchObject({ outcome: 'accepted', quarantine: 'released', abuse: { verdict: 'suspicious' } })
    expect(story.deliveries.map(({ schoolId }) => schoolId).toSorted()).toEqual(['bay-shore', 'tall-grass'])
    expect(story.decisions).toHaveLength(1)
    const { pk, sk } = decisionKey(leadId, story.decisions[0]?.decidedAt ?? '')
    const row = await town.house.engine.get({ in: 'leads', key: { pk, sk } })
    expect(row).toMatchObject({ receivedAt: story.receivedAt })
  })

  it('lets nothing out to a school of somebody who has withdrawn consent meanwhile', async () => {
    const town = await aWatchedTown()
    const leadId = await suspect(town, 1)
    await town.house.call('POST', '/v1/consents/withdrawals', {
      headers: { 'x-source-key': town.sourceKey },
      body: { email: aPerson(1).email },
    })
    await release(town, leadId)
    await town.house.offer()
    const { decisions, deliveries } = await storyTold(town, leadId)
    expect(deliveries).toEqual([])
    expect(decisions[0]?.verdicts.map(({ reason }) => reason)).toEqual(['SUPPRESSED', 'SUPPRESSED'])
  })

  it('lets nothing out once nobody expects the call any more', async () => {
    const town = await aWatchedTown()
    const leadId = await suspect(town, 1)
    town.house.pass(offerDays * 86_400)
    expect((await release(town, leadId)).body).toMatchObject({ status: 409, code: 'LEAD_TOO_OLD' })
    expect((await reject(town, leadId)).status).toBe(200)
  })

  it('keeps what is rejected, and offers it to nobody', async () => {
    const town = await aWatchedTown()
    const leadId = await suspect(town, 1)
    expect((await reject(town, leadId)).body).toEqual({ leadId, quarantine: 'rejected' })
    town.house.pass(86_400)
    await town.house.offer()
    expect((await listed(town)).leads).toEqual([])
    expect(await storyTold(town, leadId)).toMatchObject({
      contact: { email: 'a…@mail.example' },
      quarantine: 'rejected',
      outcome: 'unmatched',
      deliveries: [],
    })
  })

  it('is left once, whoever is at it', async () => {
    const town = await aWatchedTown()
    const leadId = await suspect(town, 1)
    const answers = await Promise.all([release(town, leadId), reject(town, leadId), release(town, leadId)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect((await reject(town, leadId)).body).toMatchObject({ code: 'NOT_QUARANTINED' })
  })

  it('is not entered by anything that staff do', async () => {
    const town = await aWatchedTown()
    const { leadId } = await sendAfter(town, 30, await aForm(town))
    expect((await release(town, leadId)).body).toMatchObject({ code: 'NOT_QUARANTINED' })
    expect((await reject(town, leadId)).body).toMatchObject({ code: 'NOT_QUARANTINED' })
    expect((await reject(town, `lead_${'9'.repeat(22)}`)).status).toBe(404)
  })
})

async function suspect(town: Town, number: number) {
  return (await sendAfter(town, 30, await aForm(town, number, { website: 'https://buy.example' }))).leadId
}

async function listed({ house }: Town, query = '') {
  return listQuarantine.responses[200].body.parse((await house.staff('GET', `/v1/ops/quarantine${query}`)).body)
}

const release = ({ house }: Town, leadId: string) => house.staff('POST', `/v1/ops/leads/${leadId}/release`)
const reject = ({ house }: Town, leadId: string) => house.staff('POST', `/v1/ops/leads/${leadId}/reject`)
