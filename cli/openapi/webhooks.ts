import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { leadErased } from '#shared/domain/aftercare/lead-erased.ts'
import { fullSampleLead, sampleErasure } from '#shared/domain/delivery/sample-event.ts'

const buildHeader = (name: string, description: string) => ({
  in: 'header' as const,
  name,
  required: name.startsWith('webhook-'),
  description,
  schema: { type: 'string' as const },
})

const buildSignatureHeaders = (id: string) => [
  buildHeader('webhook-id', id),
  buildHeader('webhook-timestamp', 'When this attempt was signed, in seconds since 1970.'),
  buildHeader('webhook-signature', 'One or more of `v1,` and an HMAC-SHA256 in base64, separated by spaces.'),
]

/** The requests that a school receives at its campaign's endpoint, signed as Standard Webhooks. */
export const webhooks: ZodOpenApiPathsObject = {
  'lead.created': {
    post: {
      operationId: 'leadCreated',
      summary: 'A lead for your school',
      description: 'Signed as specified by Standard Webhooks. A retry has the same `webhook-id` and the same body.',
      security: [],
      parameters: [
        ...buildSignatureHeaders('The ID of the delivery. Use it to ignore repeated requests for the same lead.'),
        buildHeader(
          'traceparent',
          'W3C Trace Context: one trace ID per lead, starting at its form, and one parent ID per attempt.',
        ),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/LeadCreated' }, example: fullSampleLead },
        },
      },
      responses: {
        '2XX': { description: 'You have stored the lead. Any other response is retried or counts as a rejection.' },
      },
    },
  },
  'lead.erased': {
    post: {
      operationId: 'leadErased',
      summary: 'Delete the personal data of a lead',
      description:
        'Signed and retried like a lead. Erase the data of the lead that was delivered as `data.deliveryId`; if it has not ' +
        'arrived yet, discard it when it does. A campaign with a custom request shape is notified by email instead.',
      security: [],
      parameters: buildSignatureHeaders('The ID of this notice. `data.deliveryId` identifies the lead.'),
      requestBody: { required: true, content: { 'application/json': { schema: leadErased, example: sampleErasure } } },
      responses: { '2XX': { description: 'You have erased the data or will do so. Any other response is retried.' } },
    },
  },
}
