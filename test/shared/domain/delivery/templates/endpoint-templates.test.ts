import { describe, expect, it } from 'vitest'
import { getResponseRules } from '#shared/domain/delivery/presets.ts'
import { fullSampleLead, minimalSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { type TemplateId, templateId } from '#shared/domain/delivery/templates/endpoint-template.ts'
import { endpointTemplates, fillEndpointTemplate } from '#shared/domain/delivery/templates/endpoint-templates.ts'
import { type WebhookInput, webhookInput } from '#shared/domain/routing/campaign.ts'
import { findShapeFaults } from '#shared/outbound/shape/find-shape-faults.ts'
import { shapeRequest } from '#shared/outbound/shape/shape-request.ts'
import { interpretResponse } from '#shared/outbound/webhook/interpret-response.ts'
import { documentedRequests } from './documented-requests.ts'

it('has a template for each ID, in one list', () => {
  expect(endpointTemplates.map(({ templateId: id }) => id)).toEqual(templateId.options)
})

describe.each(endpointTemplates)('the template $name', ({ templateId: id, inputs, samples, documentation }) => {
  it('becomes a valid endpoint from the examples of its inputs, and its request can be rendered for every lead', async () => {
    const { request, headerSecrets = {} } = fillFromExamples(id)
    expect(request && (await findShapeFaults(request, { secrets: Object.keys(headerSecrets) }))).toEqual([])
  })

  it('sends the request that the vendor documents', async () => {
    const { url, request, headerSecrets = {} } = fillFromExamples(id)
    const expected = documentedRequests[id]
    const storedRequest = { headerSecrets, body: '' }
    const { method, headers, body } = await shapeRequest(fullSampleLead, request, storedRequest)
    expect({ method, url, headers, body: parseBody(body) }).toEqual({ method: 'POST', ...expected })
    const minimal = await shapeRequest(minimalSampleLead, request, storedRequest)
    expect(minimal.body).not.toMatch(/undefined|null|\{\{/)
  })

  it.each(samples)(
    'reads the documented response: $title',
    ({ status, contentType, body, title, source, ...expected }) => {
      const rules = getResponseRules(fillFromExamples(id))
      expect(interpretResponse({ status, contentType, body }, rules)).toEqual(expected)
    },
  )

  it('names the documentation of each response', () => {
    for (const { url } of documentation) expect(url).toMatch(/^https:\/\//)
    for (const { source } of samples) expect(source).toMatch(/^https:\/\//)
  })

  it('refuses an input that is missing, wrong or not its own, by name', () => {
    const [first] = inputs
    const names = (values: object) => {
      const result = fillEndpointTemplate(id, { ...values })
      return 'faults' in result ? result.faults.map(({ name }) => name) : []
    }
    expect(names({})).toEqual(inputs.map(({ name }) => name))
    expect(names({ ...toExamples(id), [first?.name ?? '']: ' ' })).toEqual([first?.name])
    expect(names({ ...toExamples(id), other: 'x' })).toEqual(['other'])
    expect(names(toExamples(id))).toEqual([])
  })

  it('keeps each secret out of everything but the header secrets', () => {
    const { headerSecrets, ...rest } = fillFromExamples(id)
    for (const { isSecret, example } of inputs) if (isSecret) expect(JSON.stringify(rest)).not.toContain(example)
  })
})

it('detects: a response that the rules of a template read otherwise', () => {
  const rules = getResponseRules(fillFromExamples('hubspot-form'))
  const body = '{"errors":[{"errorType":"REQUIRED_FIELD"}]}'
  expect(interpretResponse({ status: 400, contentType: 'application/json', body }, rules).means).toBe('unclear')
})

function toExamples(id: TemplateId): { [name: string]: string } {
  const template = endpointTemplates.find((one) => one.templateId === id)
  return Object.fromEntries((template?.inputs ?? []).map(({ name, example }) => [name, example]))
}

function fillFromExamples(id: TemplateId): WebhookInput {
  const result = fillEndpointTemplate(id, toExamples(id))
  if ('faults' in result) throw new Error(JSON.stringify(result.faults))
  return webhookInput.parse(result.endpoint)
}

function parseBody(body: string): unknown {
  if (body.startsWith('{')) return JSON.parse(body)
  return body.startsWith('<') ? body : Object.fromEntries(new URLSearchParams(body))
}
