import { beforeEach, describe, expect, it } from 'vitest'
import { fillEndpointTemplate, listEndpointTemplates } from '#shared/contract/delivery/endpoint-templates.ts'
import { templateId } from '#shared/domain/delivery/templates/endpoint-template.ts'
import { aCampaign, createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

describe('the endpoint templates', () => {
  it('are listed with what each asks for', async () => {
    const { templates } = listEndpointTemplates.responses[200].body.parse(
      (await system.api.staff('GET', '/v1/ops/endpoint-templates')).body,
    )
    expect(templates.map((template) => template.templateId)).toEqual(templateId.options)
    for (const { inputs } of templates) expect(inputs.length).toBeGreaterThan(0)
  })

  it.each(templateId.options)('give an endpoint that a campaign takes as it is: %s', async (id) => {
    const { templates } = listEndpointTemplates.responses[200].body.parse(
      (await system.api.staff('GET', '/v1/ops/endpoint-templates')).body,
    )
    const inputs = templates.find((template) => template.templateId === id)?.inputs ?? []
    const values = Object.fromEntries(inputs.map(({ name, example }) => [name, example]))
    const filled = await fill(id, values)
    const { endpoint } = fillEndpointTemplate.responses[200].body.parse(filled.body)
    const body = aCampaign({ endpoint })
    const saved = await system.api.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', { body })
    expect(saved.status, saved.text).toBe(200)
    for (const { isSecret, example } of inputs) if (isSecret) expect(saved.text).not.toContain(example)
  })

  it('refuse a value by its name, and write nothing', async () => {
    const writes = system.api.watch.transactions
    const response = await fill('leadconduit', { flowId: 'x', other: 'y' })
    expect(response.status).toBe(422)
    expect(JSON.stringify(response.body)).toMatch(/"\/values\/flowId".*"\/values\/sourceId".*"\/values\/other"/)
    expect((await fill('unknown', {})).status).toBe(422)
    expect(system.api.watch.transactions).toBe(writes)
  })
})

function fill(id: string, values: object) {
  return system.api.staff('POST', '/v1/ops/endpoint-drafts', { body: { templateId: id, values } })
}
