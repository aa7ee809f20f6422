import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { problem } from '#shared/contract/problems.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { headerSecretsKey } from '#shared/store/keys.ts'
import { aCampaign, createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'

const url = 'https://leads.tall-grass.example/prospectus'
const request = {
  format: 'xml',
  root: 'lead',
  headers: { 'x-api-key': { secret: 'apiKey' } },
  fields: { zebra: '{{ contact.firstName }}', apple: '{{ contact.zip }}', mango: 1 },
}
const endpoint = (fields: object = {}) => ({ kind: 'webhook', url, ...fields })
const shapedEndpoint = (fields: object = {}) =>
  endpoint({ request, headerSecrets: { apiKey: 'top-secret' }, ...fields })

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

describe('a campaign with a request shape', () => {
  it('stores the shape with its field order and never returns its secrets', async () => {
    const first = await put({ endpoint: shapedEndpoint({ preset: 'leadconduit' }) })
    expect(first.status).toBe(200)
    const read = await system.api.staff('GET', '/v1/ops/campaigns/tall-grass-tx')
    for (const { text } of [first, read, await system.api.staff('GET', '/v1/ops/campaigns')])
      expect(text).not.toMatch(/top-secret|headerSecrets/)
    const { endpoint: endpointResponse } = z.object({ endpoint: campaign.shape.endpoint }).parse(read.body)
    expect(endpointResponse).toMatchObject({ preset: 'leadconduit', request: { method: 'POST', ...request } })
    expect(read.text.indexOf('zebra')).toBeLessThan(read.text.indexOf('apple'))
  })

  it('stores each secret sealed until it is replaced or the campaign is deleted', async () => {
    await put({ endpoint: shapedEndpoint() })
    await put({ endpoint: shapedEndpoint({ headerSecrets: { other: 'second' } }) })
    expect(await readHeaderSecrets()).toEqual({ apiKey: 'top-secret', other: 'second' })
    await put({ endpoint: shapedEndpoint({ headerSecrets: undefined }) })
    await put({ endpoint: shapedEndpoint({ headerSecrets: { apiKey: 'third' } }) })
    expect(await readHeaderSecrets()).toEqual({ apiKey: 'third', other: 'second' })
    expect(JSON.stringify(await row())).not.toMatch(/third|second/)
    await system.api.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx')
    expect(await row()).toBeUndefined()
  })

  it.each([
    [{ endpoint: endpoint({ request }) }, '/endpoint/request/headers/x-api-key', 'unknown_secret'],
    [{ endpoint: broken('{{ unknown }}') }, '/endpoint/request/fields/a', 'unknown_variable'],
    [{ testEndpoint: broken('{{ unknown }}') }, '/testEndpoint/request/fields/a', 'unknown_variable'],
    [{ testEndpoint: endpoint({ url: 'http://127.0.0.1/' }) }, '/testEndpoint/url', 'forbidden_url'],
    [{ testEndpoint: shapedEndpoint() }, '/testEndpoint/headerSecrets', 'unknown_field'],
    [{ endpoint: broken('{{ leadId }}', { Host: 'x' }) }, '/endpoint/request/headers/Host', 'custom'],
    [
      { endpoint: shapedEndpoint({ headerSecrets: { apiKey: 'a\r\nb: c' } }) },
      '/endpoint/headerSecrets/apiKey',
      'invalid_format',
    ],
    [
      { endpoint: endpoint({ preset: 'leadconduit', responses: { rejected: [{ status: 200 }] } }) },
      '/endpoint/responses',
      'custom',
    ],
    [
      { endpoint: endpoint({ responses: { accepted: [{ contains: 'ok' }] } }) },
      '/endpoint/responses/accepted/0',
      'custom',
    ],
    [{ endpoint: endpoint({ preset: 'none' }) }, '/endpoint/preset', 'invalid_value'],
  ])('rejects a bad endpoint with the pointer of the bad field: %j', async (fields, pointer, code) => {
    const answer = await put(fields)
    expect(answer.status).toBe(422)
    expect(problem.parse(answer.body).errors).toContainEqual({ pointer, code, detail: expect.any(String) })
    expect(await row()).toBeUndefined()
  })
})

describe('an endpoint preview', () => {
  it('shows the request with masked secrets and interprets a sample response', async () => {
    const body = '<result><outcome>failure</outcome><reason>Too far</reason></result>'
    const answer = await preview({ endpoint: shapedEndpoint({ preset: 'leadconduit' }), answer: { status: 200, body } })
    expect(answer.text).not.toContain('top-secret')
    expect(answer.body).toMatchObject({
      request: {
        method: 'POST',
        url,
        headers: {
          'x-api-key': '***',
          'content-type': 'application/xml; charset=utf-8',
          'webhook-signature': 'v1,***',
        },
        body: expect.stringContaining('<lead><zebra>Ada</zebra><apple>78701</apple><mango>1</mango></lead>'),
      },
      reading: { means: 'rejected', reason: 'Too far' },
      responses: { accepted: [{ path: '/outcome', equals: 'success' }] },
    })
  })

  it('shows the stored event for a plain webhook, and counts every 2xx as accepted', async () => {
    const { body } = await preview({ endpoint: endpoint(), answer: { status: 204, body: '' } })
    expect(body).toMatchObject({ reading: { means: 'accepted' } })
    expect(body).not.toHaveProperty('responses')
    const { request: shownRequest } = z.object({ request: z.object({ body: z.string() }) }).parse(body)
    expect(JSON.parse(shownRequest.body)).toMatchObject({
      type: 'lead.created',
      data: { test: true, contact: { firstName: 'Ada' } },
    })
  })

  it('warns that the body of a response counts for nothing without response rules', async () => {
    const readWarnings = async (fields: object, answer: object) => {
      const { body } = await preview({ endpoint: endpoint(fields), answer })
      return z.object({ warnings: z.array(z.string()) }).parse(body).warnings
    }
    const failure = { status: 200, body: '{"outcome":"failure"}' }
    const rules = { responses: { rejected: [{ path: '/outcome', equals: 'failure' }] } }
    expect(await readWarnings({}, failure)).toEqual([
      expect.stringContaining('choose a preset or write response rules'),
    ])
    expect(await readWarnings(rules, failure)).toEqual([])
    expect(await readWarnings({}, { status: 204, body: '' })).toEqual([])
    expect(await readWarnings({}, { status: 500, body: 'failure' })).toEqual([])
  })

  it('accepts secrets that the campaign has stored', async () => {
    const bare = { endpoint: endpoint({ request }) }
    expect((await preview({ ...bare, campaignId: 'tall-grass-tx' })).status).toBe(422)
    await put({ endpoint: shapedEndpoint() })
    expect((await preview({ ...bare, campaignId: 'tall-grass-tx' })).status).toBe(200)
    expect((await preview(bare)).status).toBe(422)
  })

  it('rejects what saving rejects, with the same errors', async () => {
    for (const endpointInput of [
      broken('{{ unknown }}'),
      endpoint({ url: 'http://127.0.0.1/' }),
      endpoint({ preset: 'none' }),
    ]) {
      const [saveResponse, previewResponse] = [
        await put({ endpoint: endpointInput }),
        await preview({ endpoint: endpointInput }),
      ]
      expect(previewResponse.status).toBe(422)
      expect(problem.parse(previewResponse.body).errors).toEqual(problem.parse(saveResponse.body).errors)
    }
  })

  it('writes nothing and sends nothing', async () => {
    const writes = system.api.watch.transactions
    await preview({ endpoint: shapedEndpoint(), campaignId: 'tall-grass-tx', answer: { status: 200, body: '' } })
    expect(system.api.watch.transactions).toBe(writes)
    expect(await row()).toBeUndefined()
    expect(system.api.webhooks.requests).toEqual([])
  })
})

function broken(template: string, headers: object = {}) {
  return endpoint({ request: { format: 'json', headers, fields: { a: template } } })
}
function put(fields: object) {
  return system.api.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', { body: aCampaign({ ...fields }) })
}
function preview(body: object) {
  return system.api.staff('POST', '/v1/ops/endpoint-previews', { body })
}
function row() {
  return system.api.engine.get({ in: 'catalog', key: headerSecretsKey('tall-grass-tx') })
}
async function readHeaderSecrets() {
  const { headerSecrets, sealer } = system.api.createDependencies('worker/deliver')
  const sealed = await headerSecrets.getSealed('tall-grass-tx')
  return Object.fromEntries(Object.entries(sealed).map(([name, value]) => [name, sealer.open('tall-grass-tx', value)]))
}
