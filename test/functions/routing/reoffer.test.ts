import { describe, expect, it } from 'vitest'
import { putRecord } from '#test/functions/create-test-system.ts'
import {
  addSchool,
  advanceTime,
  buildCampaign,
  createTestMarket,
  deliverDue,
  getReceiptSchoolIds,
  readDeliveryStates,
  readTimeline,
  readVerdicts,
  setRejectingSchools,
  visit,
} from './create-test-market.ts'

const day = 86_400
const createFullCampaign = (onReached: unknown, more: object = {}) => ({
  campaign: { caps: [{ period: 'day', limit: 1, onReached, ...more }] },
})

describe('a parked lead', () => {
  it('is offered again and delivered when the window ends', async () => {
    const system = await createTestMarket({ alder: createFullCampaign('park') })
    await visit(system, 1)
    const { receipt, match } = await visit(system, 2)
    expect(match.schools.map(({ schoolId }) => schoolId)).toEqual(['alder'])
    expect(receipt.outcome).toBe('unmatched')
    const { decisions, offerAt } = await readTimeline(system, receipt.leadId)
    expect(decisions[0]?.verdicts[0]).toMatchObject({ reason: 'CAP_DAY', parked: true, until: offerAt })
    expect(offerAt).toBe('2026-11-24T06:00:00.000Z')

    await advanceTime(system, 15 * 3600 - 1)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({})
    await advanceTime(system, 1)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'delivered' })
    expect(await readTimeline(system, receipt.leadId)).toMatchObject({ outcome: 'accepted', decisions: [{}, {}] })
    expect((await readTimeline(system, receipt.leadId)).offerAt).toBeUndefined()
  })

  it('is sold to another school immediately, and to the first when its window ends', async () => {
    const system = await createTestMarket({ alder: createFullCampaign('park'), birch: {} })
    await visit(system, 1)
    const second = await visit(system, 2)
    expect(getReceiptSchoolIds(second)).toEqual(['birch'])
    await advanceTime(system, day)
    expect(await readDeliveryStates(system, second.receipt.leadId)).toEqual({ alder: 'delivered', birch: 'delivered' })
  })

  it('is not offered again after an exclusive sale until that school rejects it', async () => {
    const system = await createTestMarket({
      alder: createFullCampaign('park'),
      birch: { campaign: { sharing: 'exclusive', priority: 0 } },
    })
    await putRecord(system.api, 'campaigns', 'birch', buildCampaign('birch', { status: 'paused' }))
    await visit(system, 1)
    await putRecord(system.api, 'campaigns', 'birch', buildCampaign('birch', { sharing: 'exclusive', priority: 0 }))
    const { receipt } = await visit(system, 2)
    expect(await readVerdicts(system, receipt.leadId)).toEqual({ alder: 'CAP_DAY', birch: 'taken' })
    expect((await readTimeline(system, receipt.leadId)).offerAt).toBeUndefined()
    setRejectingSchools(system, 'birch')
    await deliverDue(system)
    await advanceTime(system, day)
    await advanceTime(system, day)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'delivered', birch: 'rejected' })
  })

  it('is still offered after 150 full windows', async () => {
    const caps = [{ period: 'hour', limit: 0, onReached: 'park' }]
    const system = await createTestMarket({ alder: { campaign: { caps } } })
    const { receipt } = await visit(system, 1)
    for (let hour = 0; hour < 150; hour++) await advanceTime(system, 3600)
    const { decisions } = await readTimeline(system, receipt.leadId)
    expect(decisions).toHaveLength(151)
    await putRecord(system.api, 'campaigns', 'alder', buildCampaign('alder'))
    await advanceTime(system, 3600)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'delivered' })
  })
})

describe('an unsold lead', () => {
  it('is offered every day for 30 days and no longer', async () => {
    const system = await createTestMarket({ alder: {} })
    const leadId = await visitStale(system, 1)
    for (let days = 0; days < 45; days++) await advanceTime(system, day)
    const { decisions, offerAt, outcome } = await readTimeline(system, leadId)
    expect([decisions.length, offerAt, outcome]).toEqual([30, undefined, 'unmatched'])
  })

  it('is sold to the first eligible campaign whose school the consent named', async () => {
    const system = await createTestMarket({ alder: {} })
    const leadId = await visitStale(system, 1, { age: 20 })
    expect(await readDeliveryStates(system, leadId)).toEqual({})
    await addSchool(system, 'newcomer', {})
    await advanceTime(system, day)
    expect(await readVerdicts(system, leadId)).toMatchObject({ newcomer: 'SCHOOL_NOT_NAMED_IN_CONSENT' })
    await putRecord(system.api, 'campaigns', 'alder', buildCampaign('alder'))
    await advanceTime(system, day)
    expect(await readDeliveryStates(system, leadId)).toEqual({ alder: 'delivered' })
    for (let days = 0; days < 5; days++) await advanceTime(system, day)
    expect(Object.keys(await readDeliveryStates(system, leadId))).toEqual(['alder'])
  })
})

describe('a lead whose source was deleted', () => {
  const deleteSource = ({ api }: Parameters<typeof visit>[0]) => api.staff('DELETE', '/v1/ops/sources/landing')

  it('is sold to no more schools than the source allowed', async () => {
    const system = await createTestMarket({ alder: {}, birch: {}, cedar: {} }, { source: { maxSales: 1 } })
    setRejectingSchools(system, 'alder')
    const { receipt } = await visit(system, 1)
    await deleteSource(system)
    await deliverDue(system)
    await advanceTime(system, day)
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({ alder: 'rejected', birch: 'delivered' })
  })

  it('is still refused by the rules that the source had', async () => {
    const rules = { field: 'startWindow', op: 'equals', value: 'immediately' }
    const system = await createTestMarket({ alder: {} }, { source: { rules } })
    const { receipt } = await visit(system, 1)
    expect(await readVerdicts(system, receipt.leadId)).toMatchObject({ alder: 'SOURCE_RULE' })
    await deleteSource(system)
    await advanceTime(system, day)
    expect(await readVerdicts(system, receipt.leadId)).toMatchObject({ alder: 'SOURCE_RULE' })
    expect(await readDeliveryStates(system, receipt.leadId)).toEqual({})
  })
})

describe('a later decision', () => {
  it('still says why the match did not name a school, after that reason has ended', async () => {
    const system = await createTestMarket({ alder: {}, birch: { campaign: { caps: [{ period: 'day', limit: 1 }] } } })
    await visit(system, 1)
    const leadId = await visitStale(system, 2)
    expect(await readVerdicts(system, leadId)).toMatchObject({ birch: 'CAP_DAY' })
    for (let days = 0; days < 3; days++) await advanceTime(system, day)
    const { decisions } = await readTimeline(system, leadId)
    const verdicts = decisions.map(({ verdicts }) => verdicts.find(({ schoolId }) => schoolId === 'birch'))
    expect(verdicts).toHaveLength(4)
    for (const verdict of verdicts)
      expect(verdict).toMatchObject({ reason: 'CAP_DAY', also: ['SCHOOL_NOT_NAMED_IN_CONSENT'] })
  })
})

/** Submits a lead whose only campaign is paused between match and lead. */
async function visitStale(
  system: Parameters<typeof visit>[0],
  number: number,
  fields: { [field: string]: unknown } = {},
): Promise<string> {
  await putRecord(system.api, 'campaigns', 'alder', buildCampaign('alder'))
  const pauseCampaign = async () => {
    await putRecord(system.api, 'campaigns', 'alder', buildCampaign('alder', { status: 'paused' }))
  }
  return (await visit(system, number, fields, {}, undefined, pauseCampaign)).receipt.leadId
}
