import * as z from 'zod'
import { templateId, templateSummary } from '../../domain/delivery/templates/endpoint-template.ts'
import { endpointInput } from '../../domain/routing/campaign.ts'
import { defineRoute } from '../route.ts'

export const listEndpointTemplates = defineRoute({
  name: 'listEndpointTemplates',
  method: 'GET',
  path: '/v1/ops/endpoint-templates',
  caller: 'operator',
  access: 'read',
  summary: 'List the endpoint templates for systems that schools use',
  description: 'With what each asks for, and the responses that the vendor documents.',
  responses: {
    200: { description: 'All templates.', body: z.object({ templates: z.array(templateSummary) }) },
  },
})

export const fillEndpointTemplate = defineRoute({
  name: 'fillEndpointTemplate',
  method: 'POST',
  path: '/v1/ops/endpoint-drafts',
  caller: 'operator',
  access: 'read',
  summary: 'Fill an endpoint template for one school',
  description:
    'Writes nothing. The endpoint goes into `endpoint` of a campaign, as it is or edited. It contains the secrets that were given.',
  body: z
    .strictObject({
      templateId,
      values: z
        .record(z.string().max(40), z.string().max(500))
        .meta({ description: 'By the names of the template’s `inputs`.' }),
    })
    .meta({ id: 'EndpointDraftRequest' }),
  responses: { 200: { description: 'The endpoint.', body: z.object({ endpoint: endpointInput }) } },
  example: {
    body: {
      templateId: 'leadconduit',
      values: { flowId: '5462c7eb76fefd217d333552', sourceId: '5462c7fb745fb567baf2e093' },
    },
  },
})
