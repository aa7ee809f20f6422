import { describe, expect, it } from 'vitest'
import { write } from '#test/functions/town.ts'
import {
  aMarket,
  build,
  campaignOf,
  deliverDue,
  holders,
  later,
  rejectAt,
  story,
  takers,
  verdicts,
  visit,
} from './market.ts'

const day = 86_400
const full = (onReached: unknown, more: object = {}) => ({
  campaign: { caps: [{ period: 'day', limit: 1, onReached, ...more }] },
})

describe('a parked lead', () => {
  it('is offered again when the window opens, and delivered', async () => {
    const town = await aMarket({ alder: full('park') })
    await visit(town, 1)
    const { receipt, match } = await visit(town, 2)
    expect(match.schools.map(({ schoolId }) => schoolId)).toEqual(['alder'])
    expect(receipt.outcome).toBe('unmatched')
    const { decisions, offerAt } = await story(town, receipt.leadId)
    expect(decisions[0]?.verdicts[0]).toMatchObject({ reason: 'CAP_DAY', parked: true, until: offerAt })
    expect(offerAt).toBe('2026-11-24T06:00:00.000Z')

    await later(town, 15 * 3600 - 1)
    expect(await holders(town, receipt.leadId)).toEqual({})
    await later(town, 1)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'delivered' })
    expect(await story(town, receipt.leadId)).toMatchObject({ outcome: 'accepted', decisions: [{}, {}] })
    expect((await story(town, receipt.leadId)).offerAt).toBeUndefined()
  })

  it('goes to a second school at once and to the parked one when its window opens', async () => {
    const town = await aMarket({ alder: full('park'), birch: {} })
    await visit(town, 1)
    const second = await visit(town, 2)
    expect(takers(second)).toEqual(['birch'])
    await later(town, day)
    expect(await holders(town, second.receipt.leadId)).toEqual({ alder: 'delivered', birch: 'delivered' })
  })

  it('is not offered again where another school has it alone, until that one rejects it', async () => {
    const town = await aMarket({
      alder: full('park'),
      birch: { campaign: { sharing: 'exclusive', priority: 0 } },
    })
    await write(town.house, 'campaigns', 'birch', campaignOf('birch', { status: 'paused' }))
    await visit(town, 1)
    await write(town.house, 'campaigns', 'birch', campaignOf('birch', { sharing: 'exclusive', priority: 0 }))
    const { receipt } = await visit(town, 2)
    expect(await verdicts(town, receipt.leadId)).toEqual({ alder: 'CAP_DAY', birch: 'taken' })
    expect((await story(town, receipt.leadId)).offerAt).toBeUndefined()
    rejectAt(town, 'birch')
    await deliverDue(town)
    await later(town, day)
    await later(town, day)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'delivered', birch: 'rejected' })
  })

  it('is still found after 150 windows that were full again', async () => {
    const caps = [{ period: 'hour', limit: 0, onReached: 'park' }]
    const town = await aMarket({ alder: { campaign: { caps } } })
    const { receipt } = await visit(town, 1)
    for (let hour = 0; hour < 150; hour++) await later(town, 3600)
    const { decisions } = await story(town, receipt.leadId)
    expect(decisions).toHaveLength(151)
    await write(town.house, 'campaigns', 'alder', campaignOf('alder'))
    await later(town, 3600)
    expect(await holders(town, receipt.leadId)).toEqual({ alder: 'delivered' })
  })
})

describe('a lead that nobody wants', () => {
  it('is offered day after day for 30 days and no longer', async () => {
    const town = await aMarket({ alder: {} })
    const leadId = await visitStale(town, 1)
    for (let days = 0; days < 45; days++) await later(town, day)
    const { decisions, offerAt, outcome } = await story(town, leadId)
    expect([decisions.length, offerAt, outcome]).toEqual([30, undefined, 'unmatched'])
  })

  it('goes to the first campaign that wants it, if its consent named the school', async () => {
    const town = await aMarket({ alder: {} })
    const leadId = await visitStale(town, 1, { age: 20 })
    expect(await holders(town, leadId)).toEqual({})
    await build(town, 'newcomer', {})
    await later(town, day)
    expect(await verdicts(town, leadId)).toMatchObject({ newcomer: 'SCHOOL_NOT_NAMED_IN_CONSENT' })
    await write(town.house, 'campaigns', 'alder', campaignOf('alder'))
    await later(town, day)
    expect(await holders(town, leadId)).toEqual({ alder: 'delivered' })
    for (let days = 0; days < 5; days++) await later(town, day)
    expect(Object.keys(await holders(town, leadId))).toEqual(['alder'])
  })
})

/** A visitor whom the school wanted when it was named, and does not want any more when the form is sent. */
async function visitStale(
  town: Parameters<typeof visit>[0],
  number: number,
  fields: { [field: string]: unknown } = {},
): Promise<string> {
  await write(town.house, 'campaigns', 'alder', campaignOf('alder'))
  const paused = async () => {
    await write(town.house, 'campaigns', 'alder', campaignOf('alder', { status: 'paused' }))
  }
  return (await visit(town, number, fields, {}, undefined, paused)).receipt.leadId
}
