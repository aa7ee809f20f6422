import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { fullSample } from '#shared/domain/sample-event.ts'

const header = (name: string, description: string) => ({
  in: 'header' as const,
  name,
  required: name.startsWith('webhook-'),
  description,
  schema: { type: 'string' as const },
})

/** What a school receives: signed by the rules of Standard Webhooks, at the address that its campaign names. */
export const webhooks: ZodOpenApiPathsObject = {
  'lead.created': {
    post: {
      operationId: 'leadCreated',
      summary: 'A lead for your school',
      description:
        'Signed as Standard Webhooks says. A delivery that is tried again has the same `webhook-id` and the same body.',
      security: [],
      parameters: [
        header('webhook-id', 'The delivery. The same id is the same lead.'),
        header('webhook-timestamp', 'When this attempt was signed, in seconds since 1970.'),
        header('webhook-signature', 'One or more of `v1,` and an HMAC-SHA256 in base64, parted by spaces.'),
        header(
          'traceparent',
          'W3C Trace Context: one trace id for the lead, from its form on, and a parent id for each attempt.',
        ),
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/LeadCreated' }, example: fullSample } },
      },
      responses: { '2XX': { description: 'You have the lead. Any other answer is tried again or rejected.' } },
    },
  },
}
