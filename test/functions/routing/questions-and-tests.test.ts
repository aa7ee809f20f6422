import { describe, expect, it } from 'vitest'
import { countersOf } from './ledger.ts'
import { aMarket, deliverDue, explained, story, takers, verdicts, visit } from './market.ts'

describe('the questions of a program', () => {
  const questions = [
    {
      id: 'gpa',
      kind: 'number',
      label: 'Your grades',
      min: 0,
      max: 4,
      rules: { field: 'answers.gpa', op: 'at-least', value: 3, reason: 'GPA', detail: 'At least 3.0.' },
    },
    { id: 'campus', kind: 'yes-no', label: 'Can you come?', required: false },
  ]

  it('are served by /form, and judged in the match as far as they were answered', async () => {
    const town = await aMarket({ alder: { program: { questions } } })
    const { body } = await town.house.call('GET', '/v1/programs/alder-program/form')
    expect(body).toMatchObject({
      questions: [
        { id: 'gpa', rules: {}, required: true },
        { id: 'campus', required: false },
      ],
    })
    expect(await explained(town)).toEqual({ alder: 'taken' })
    expect(await explained(town, { answers: { gpa: 3.2 } })).toEqual({ alder: 'taken' })
    expect(await explained(town, { answers: { gpa: 2.9 } })).toEqual({ alder: 'GPA' })
    expect(await explained(town, { answers: { gpa: 'high' } })).toEqual({ alder: 'QUESTION' })
  })

  it.each([
    [{ gpa: 3.2 }, 'taken'],
    [{ gpa: 3.2, campus: true }, 'taken'],
    [{ gpa: 2.9 }, 'GPA'],
    [{ gpa: 4.1 }, 'QUESTION'],
    [{ gpa: 3.2, campus: 'yes' }, 'QUESTION'],
    [undefined, 'QUESTION'],
  ])('are judged in the lead: %o is %s', async (answers, verdict) => {
    const town = await aMarket({ alder: { program: { questions } } })
    const { receipt } = await visit(town, 1, { answers })
    expect(await verdicts(town, receipt.leadId)).toEqual({ alder: verdict })
  })
})

describe('a test lead', () => {
  const testEndpoint = { kind: 'webhook', url: 'https://tests.example/leads' }
  const caps = [{ period: 'total', limit: 1 }]

  it.each([
    ['marked by its sender', {}, { test: true }],
    ['of a source in test mode', { mode: 'test' }, {}],
  ])('%s goes to the test endpoint, and is neither counted nor capped nor billed', async (_, source, fields) => {
    const town = await aMarket(
      { alder: { campaign: { testEndpoint, caps } } },
      { source: { method: 'weight', ...source } },
    )
    const tests = [await visit(town, 1, fields), await visit(town, 1, fields), await visit(town, 2, fields)]
    expect(tests.map(takers)).toEqual([['alder'], ['alder'], ['alder']])
    await deliverDue(town)
    const { requests } = town.house.webhooks
    expect(requests.map(({ url }) => url)).toEqual(Array(3).fill(testEndpoint.url))
    expect(requests.map(({ body }) => JSON.parse(body).data.test)).toEqual([true, true, true])
    expect(await countersOf(town.house, 'campaigns#alder')).toEqual({})
    const { deliveries } = await story(town, tests[0]?.receipt.leadId ?? '')
    expect(deliveries[0]).toMatchObject({ priceCents: 0, test: true })
  })

  it('leaves the cap to the lead that is real, which goes to the real endpoint', async () => {
    const town = await aMarket({ alder: { campaign: { testEndpoint, caps } } })
    await visit(town, 1, { test: true })
    expect(takers(await visit(town, 1))).toEqual(['alder'])
    await deliverDue(town)
    expect(town.house.webhooks.requests.map(({ url }) => url).sort()).toEqual([
      'https://alder.example/leads',
      testEndpoint.url,
    ])
  })
})
