import { describe, expect, it } from 'vitest'
import { aProgram } from '#test/functions/create-test-system.ts'
import {
  advanceTime,
  buildCampaign,
  createTestMarket,
  explainVerdicts,
  readTimeline,
  visit,
} from './create-test-market.ts'

describe('the rules of a source', () => {
  it('leave a lead unmatched, with the sentence of the rule', async () => {
    const rules = { field: 'subIds.ad', op: 'prefix', value: 'good-', detail: 'Only our own ads.' }
    const system = await createTestMarket({ alder: {} }, { source: { rules } })
    expect((await visit(system, 1, { subIds: { ad: 'good-1' } }, { subIds: { ad: 'good-1' } })).receipt.outcome).toBe(
      'accepted',
    )
    const { receipt } = await visit(system, 2, { subIds: { ad: 'bad' } }, { subIds: { ad: 'good-1' } })
    expect(receipt.outcome).toBe('unmatched')
    const { decisions } = await readTimeline(system, receipt.leadId)
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
    ['campaigns', 'alder', buildCampaign('alder', { rules: bad }), '/rules/all/1/not/field'],
    ['campaigns', 'alder', buildCampaign('alder', { rules: { field: 'age', op: 'prefix', value: '1' } }), '/rules/op'],
    [
      'campaigns',
      'alder',
      buildCampaign('alder', { rules: { field: 'state', op: 'in', value: ['TX', 'ZZ'] } }),
      '/rules/value',
    ],
    [
      'campaigns',
      'alder',
      buildCampaign('alder', { caps: [{ period: 'day', limit: 1, rules: bad }] }),
      '/caps/0/rules/all/1/not/field',
    ],
    [
      'programs',
      'alder-program',
      aProgram({ schoolId: 'alder', questions: [{ id: 'gpa', kind: 'number', label: 'Grades', rules: bad }] }),
      '/questions/0/rules/all/1/not/field',
    ],
    ['sources', 'landing', { name: 'Landing', mode: 'live', rules: { any: [bad] } }, '/rules/any/0/all/1/not/field'],
  ])('of %s/%s are rejected when they are saved: %#', async (kind, id, body, pointer) => {
    const { api } = await createTestMarket({ alder: {} })
    const response = await api.staff('PUT', `/v1/ops/${kind}/${id}`, { body })
    expect([response.status, response.body]).toEqual([422, expect.objectContaining({ code: 'INVALID_REQUEST' })])
    expect(response.body).toMatchObject({ errors: [{ pointer }] })
  })
})

describe('the explanation of a match', () => {
  it('returns one verdict for each candidate with a reason, and writes nothing', async () => {
    const rules = { field: 'gpa', op: 'at-least', value: 3, reason: 'GPA', detail: 'Grades of 3.0 are needed.' }
    const system = await createTestMarket({
      alder: {},
      birch: { campaign: { rules } },
      cedar: { campaign: { status: 'paused' } },
    })
    await advanceTime(system, 1)
    const { transactions } = system.api.watch
    expect(await explainVerdicts(system, { gpa: 2 })).toEqual({
      alder: 'taken',
      birch: 'GPA',
      cedar: 'CAMPAIGN_INACTIVE',
    })
    expect(await explainVerdicts(system, { gpa: 3 })).toEqual({
      alder: 'taken',
      birch: 'taken',
      cedar: 'CAMPAIGN_INACTIVE',
    })
    expect(system.api.watch.transactions).toBe(transactions)
  })

  it.each([
    [{ zip: '00000' }, '/zip'],
    [{ sourceId: 'nobody' }, '/sourceId'],
  ])('rejects the request %o', async (matchFields, pointer) => {
    const { api } = await createTestMarket({ alder: {} })
    const body = {
      careerSlug: 'health-record-technician',
      zip: '78701',
      education: { highestLevel: 'ged' },
      ...matchFields,
    }
    expect(await api.staff('POST', '/v1/ops/matches', { body })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer }] },
    })
  })
})
