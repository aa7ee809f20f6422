import { describe, expect, it } from 'vitest'
import {
  createTestMarket,
  deliverDue,
  explainVerdicts,
  getReceiptSchoolIds,
  readTimeline,
  readVerdicts,
  visit,
} from './create-test-market.ts'
import { readCounters } from './stored-rows.ts'

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

  it('are served by /form, and checked in the match once answered', async () => {
    const system = await createTestMarket({ alder: { program: { questions } } })
    const { body } = await system.api.call('GET', '/v1/programs/alder-program/form')
    expect(body).toMatchObject({
      questions: [
        { id: 'gpa', rules: {}, required: true },
        { id: 'campus', required: false },
      ],
    })
    expect(await explainVerdicts(system)).toEqual({ alder: 'taken' })
    expect(await explainVerdicts(system, { answers: { gpa: 3.2 } })).toEqual({ alder: 'taken' })
    expect(await explainVerdicts(system, { answers: { gpa: 2.9 } })).toEqual({ alder: 'GPA' })
    expect(await explainVerdicts(system, { answers: { gpa: 'high' } })).toEqual({ alder: 'QUESTION' })
  })

  it.each([
    [{ gpa: 3.2 }, 'taken'],
    [{ gpa: 3.2, campus: true }, 'taken'],
    [{ gpa: 2.9 }, 'GPA'],
    [{ gpa: 4.1 }, 'QUESTION'],
    [{ gpa: '3.2', campus: 'yes' }, 'taken'],
    [{ gpa: '2,9' }, 'GPA'],
    [{ gpa: 3.2, campus: 'perhaps' }, 'QUESTION'],
    [undefined, 'QUESTION'],
  ])('are checked in the lead: %o gives %s', async (answers, verdict) => {
    const system = await createTestMarket({ alder: { program: { questions } } })
    const { receipt } = await visit(system, 1, { answers })
    expect(await readVerdicts(system, receipt.leadId)).toEqual({ alder: verdict })
  })

  it('are answered as a form holds it, and the school gets the types that it asked for', async () => {
    const system = await createTestMarket({ alder: { program: { questions } } })
    await visit(system, 1, { answers: { gpa: ' 3.2', campus: 'Yes', other: '7' } })
    await deliverDue(system)
    const [request] = system.api.webhooks.requests
    expect(JSON.parse(request?.body ?? '').data.answers).toEqual({ gpa: 3.2, campus: true, other: '7' })
  })
})

describe('a test lead', () => {
  const testEndpoint = { kind: 'webhook', url: 'https://tests.example/leads' }
  const caps = [{ period: 'total', limit: 1 }]

  it.each([
    ['marked by its sender', {}, { test: true }],
    ['of a source in test mode', { mode: 'test' }, {}],
  ])('%s is sent to the test endpoint, and is not counted, capped or billed', async (_, source, fields) => {
    const system = await createTestMarket(
      { alder: { campaign: { testEndpoint, caps } } },
      { source: { method: 'weight', ...source } },
    )
    const tests = [await visit(system, 1, fields), await visit(system, 1, fields), await visit(system, 2, fields)]
    expect(tests.map(getReceiptSchoolIds)).toEqual([['alder'], ['alder'], ['alder']])
    await deliverDue(system)
    const { requests } = system.api.webhooks
    expect(requests.map(({ url }) => url)).toEqual(Array(3).fill(testEndpoint.url))
    expect(requests.map(({ body }) => JSON.parse(body).data.test)).toEqual([true, true, true])
    expect(await readCounters(system.api, 'campaigns#alder')).toEqual({})
    const { deliveries } = await readTimeline(system, tests[0]?.receipt.leadId ?? '')
    expect(deliveries[0]).toMatchObject({ priceCents: 0, test: true })
  })

  it('does not use the cap of a live lead, which is sent to the live endpoint', async () => {
    const system = await createTestMarket({ alder: { campaign: { testEndpoint, caps } } })
    await visit(system, 1, { test: true })
    expect(getReceiptSchoolIds(await visit(system, 1))).toEqual(['alder'])
    await deliverDue(system)
    expect(system.api.webhooks.requests.map(({ url }) => url).sort()).toEqual([
      'https://alder.example/leads',
      testEndpoint.url,
    ])
  })
})
