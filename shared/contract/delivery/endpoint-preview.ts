import * as z from 'zod'
import { meaning, responseRules } from '../../domain/delivery/response-rules.ts'
import { webhookInput } from '../../domain/routing/campaign.ts'
import { recordId } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

const sampleResponse = z.strictObject({
  status: z.int().min(100).max(599),
  contentType: z.string().max(200).optional(),
  body: z.string().max(64 * 1024),
})

export const previewEndpoint = defineRoute({
  name: 'previewEndpoint',
  method: 'POST',
  path: '/v1/ops/endpoint-previews',
  caller: 'operator',
  access: 'read',
  summary: 'Preview what a webhook sends for a lead, and how a response is interpreted',
  description: 'Sends nothing and writes nothing. The lead is of a fictional person.',
  body: z
    .strictObject({
      endpoint: webhookInput,
      campaignId: recordId.optional().meta({ description: 'The campaign whose stored header secrets may be used.' }),
      answer: sampleResponse.optional().meta({ description: 'A sample response of the school.' }),
    })
    .meta({ id: 'EndpointPreviewRequest' }),
  maxBodyBytes: 128 * 1024,
  maxBodyDepth: 32,
  responses: {
    200: {
      description: 'The request, and the meaning of the sample response.',
      body: z.object({
        request: z.object({
          method: z.string(),
          url: z.string(),
          headers: z.record(z.string(), z.string()).meta({ description: 'Secrets and signatures are masked.' }),
          body: z.string(),
        }),
        reading: z
          .object({
            means: meaning,
            reason: z.string().optional(),
            reference: z.string().optional(),
            priceCents: z.int().optional(),
          })
          .optional(),
        warnings: z
          .array(z.string())
          .optional()
          .meta({ description: 'What may surprise the school, such as test leads that its request does not mark.' }),
        responses: responseRules
          .optional()
          .meta({ description: 'The response rules in effect; absent if every 2xx counts as accepted.' }),
      }),
    },
  },
  example: {
    body: {
      endpoint: {
        kind: 'webhook',
        url: 'https://leads.tall-grass.example/leads',
        request: {
          format: 'xml',
          root: 'lead',
          headers: { 'x-api-key': { secret: 'apiKey' } },
          fields: {
            name: '{{ contact.firstName }} {{ contact.lastName }}',
            phone: '{{ contact.phone | phone_dashed }}',
            level: "{{ education.highestLevel | lookup: 'levels' | default: 'other' }}",
          },
          maps: { levels: { ged: '2', 'high-school-diploma': '3' } },
        },
        preset: 'leadconduit',
        headerSecrets: { apiKey: 'not-a-real-key' },
      },
      answer: { status: 200, body: '<result><outcome>failure</outcome><reason>Too young</reason></result>' },
    },
  },
})
