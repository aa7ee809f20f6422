import { describe, expect, it } from 'vitest'
import { aProgram } from '#test/functions/town.ts'
import { aMarket, campaignOf, explained, later, story, visit } from './market.ts'

describe('the rules of a source', () => {
  it('keep its lead, and give it to nobody, with the sentence of the rule', async () => {
    const rules = { field: 'subIds.ad', op: 'prefix', value: 'good-', detail: 'Only our own ads.' }
    const town = await aMarket({ alder: {} }, { source: { rules } })
    expect((await visit(town, 1, { subIds: { ad: 'good-1' } }, { subIds: { ad: 'good-1' } })).receipt.outcome).toBe(
      'accepted',
    )
    const { receipt } = await visit(town, 2, { subIds: { ad: 'bad' } }, { subIds: { ad: 'good-1' } })
    expect(receipt.outcome).toBe('unmatched')
    const { decisions } = await story(town, receipt.leadId)
    expect(decisions[0]?.verdicts).toEqual([
      expect.objectContaining({ reason: 'SOURCE_RULE', detail: 'Only our own ads.' }),
    ])
  })
})

describe('bad rules', () => {
  const bad = {
    all: [{ field: 'age', op: 'at-least', value: 18 }, { not: { field: 'shoeSize', op: 'equals', value: 9 } }],
  }
  it.each([
    ['campaigns', 'alder', campaignOf('alder', { rules: bad }), '/rules/all/1/not/field'],
    ['campaigns', 'alder', campaignOf('alder', { rules: { field: 'age', op: 'prefix', value: '1' } }), '/rules/op'],
    [
      'campaigns',
      'alder',
      campaignOf('alder', { rules: { field: 'state', op: 'in', value: ['TX', 'ZZ'] } }),
      '/rules/value',
    ],
    [
      'campaigns',
      'alder',
      campaignOf('alder', { caps: [{ period: 'day', limit: 1, rules: bad }] }),
      '/caps/0/rules/all/1/not/field',
    ],
    [
      'programs',
      'alder-program',
      aProgram({ schoolId: 'alder', questions: [{ id: 'gpa', kind: 'number', label: 'Grades', rules: bad }] }),
      '/questions/0/rules/all/1/not/field',
    ],
    ['sources', 'landing', { name: 'Landing', mode: 'live', rules: { any: [bad] } }, '/rules/any/0/all/1/not/field'],
  ])('of %s/%s are refused where they are saved: %#', async (kind, id, body, pointer) => {
    const { house } = await aMarket({ alder: {} })
    const answer = await house.staff('PUT', `/v1/ops/${kind}/${id}`, { body })
    expect([answer.status, answer.body]).toEqual([422, expect.objectContaining({ code: 'INVALID_REQUEST' })])
    expect(answer.body).toMatchObject({ errors: [{ pointer }] })
  })
})

describe('the explanation of a match', () => {
  it('gives one verdict for each candidate, with reason and sentence, and writes nothing', async () => {
    const rules = { field: 'gpa', op: 'at-least', value: 3, reason: 'GPA', detail: 'Grades of 3.0 are needed.' }
    const town = await aMarket({ alder: {}, birch: { campaign: { rules } }, cedar: { campaign: { status: 'paused' } } })
    await later(town, 1)
    const { transactions } = town.house.watch
    expect(await explained(town, { gpa: 2 })).toEqual({ alder: 'taken', birch: 'GPA', cedar: 'CAMPAIGN_INACTIVE' })
    expect(await explained(town, { gpa: 3 })).toEqual({ alder: 'taken', birch: 'taken', cedar: 'CAMPAIGN_INACTIVE' })
    expect(town.house.watch.transactions).toBe(transactions)
  })

  it.each([
    [{ zip: '00000' }, '/zip'],
    [{ sourceId: 'nobody' }, '/sourceId'],
  ])('refuses %o', async (asked, pointer) => {
    const { house } = await aMarket({ alder: {} })
    const body = { careerSlug: 'health-record-technician', zip: '78701', education: { highestLevel: 'ged' }, ...asked }
    expect(await house.staff('POST', '/v1/ops/matches', { body })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer }] },
    })
  })
})
