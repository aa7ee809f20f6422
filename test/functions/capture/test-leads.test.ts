import { describe, expect, it } from 'vitest'
import { previewEndpoint } from '#shared/contract/delivery/endpoint-preview.ts'
import { aLead, createTestSystem, postLead, requestMatch, type TestSystem } from '#test/functions/create-test-system.ts'
import {
  createTestMarket,
  deliverDue,
  explainVerdicts,
  readVerdicts,
  visit,
} from '#test/functions/routing/create-test-market.ts'

const testEndpoint = { kind: 'webhook', url: 'https://tests.example/leads' }

describe('a test lead from a page', () => {
  it('is refused with a pointer unless its source is in test mode', async () => {
    const system = await createTestSystem()
    const response = await postLead(system, aLead(await requestMatch(system), 1, { test: true }))
    expect(response).toMatchObject({ status: 422, body: { errors: [{ pointer: '/test', code: 'test_not_allowed' }] } })
    expect(system.api.queue.pointers).toEqual([])
  })

  it('reaches a live endpoint ten times in an hour, and the test endpoint of another campaign each time', async () => {
    const system = await createTestMarket(
      { alder: {}, birch: { campaign: { testEndpoint } } },
      { source: { mode: 'test' } },
    )
    const visits = await sendMany(system, 14)
    await deliverDue(system)
    expect(countRequests(system)).toEqual({ live: 10, test: 14 })
    expect(await explainVerdicts(system)).toEqual({ alder: 'CAP_HOUR', birch: 'taken' })
    expect(await readVerdicts(system, visits.at(-1)?.receipt.leadId ?? '')).toMatchObject({ birch: 'taken' })
    system.api.advanceClock(3600)
    await sendMany(system, 1)
    await deliverDue(system)
    expect(countRequests(system)).toEqual({ live: 11, test: 15 })
  })

  it('is counted as sent even if the school rejects it', async () => {
    const system = await createTestMarket({ alder: {} }, { source: { mode: 'test' } })
    system.api.webhooks.respond = () => ({
      stage: 'answered',
      status: 200,
      headers: {},
      body: '{"outcome":"failure"}',
      excerpt: '',
      ms: 1,
    })
    for (let round = 0; round < 4; round++) {
      await sendMany(system, 5)
      await deliverDue(system)
    }
    expect(countRequests(system).live).toBe(10)
  })

  it('carries a header that says so, and a live lead does not', async () => {
    const system = await createTestMarket({ alder: {} })
    await visit(system, 1, { test: true })
    await visit(system, 2)
    await deliverDue(system)
    const marks = system.api.webhooks.requests.map(({ headers }) => headers['x-prospectus-test'])
    expect(marks.toSorted()).toEqual(['true', undefined])
  })
})

it('the preview warns of a request that does not say whether a lead is a test', async () => {
  const { api } = await createTestSystem()
  const preview = async (fields: { [field: string]: string }) => {
    const request = { format: 'json', fields }
    const body = { endpoint: { kind: 'webhook', url: 'https://school.example/leads', request } }
    const response = await api.staff('POST', '/v1/ops/endpoint-previews', { body })
    return previewEndpoint.responses[200].body.parse(response.body).warnings
  }
  expect(await preview({ email: '{{ contact.email }}' })).toEqual([expect.stringContaining('x-prospectus-test')])
  expect(await preview({ email: '{{ contact.email }}', test: '{{ test }}' })).toEqual([])
})

async function sendMany(system: TestSystem, count: number) {
  const visits: Awaited<ReturnType<typeof visit>>[] = []
  for (let number = 0; number < count; number++) visits.push(await visit(system, number))
  return visits
}

function countRequests({ api }: TestSystem) {
  const urls = api.webhooks.requests.map(({ url }) => url)
  return {
    live: urls.filter((url) => url.startsWith('https://alder.')).length,
    test: urls.filter((url) => url === testEndpoint.url).length,
  }
}
