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
  buildHeader('webhook-signature', 'One or more of `v1,` and an HMAC-SHA256 in base64, parted by spaces.'),
]

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
        ...buildSignatureHeaders('The delivery. The same id is the same lead.'),
        buildHeader(
          'traceparent',
          'W3C Trace Context: one trace id for the lead, from its form on, and a parent id for each attempt.',
        ),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/LeadCreated' }, example: fullSampleLead },
        },
      },
      responses: { '2XX': { description: 'You have the lead. Any other answer is tried again or rejected.' } },
    },
  },
  'lead.erased': {
    post: {
      operationId: 'leadErased',
      summary: 'A person whose lead you had is to be forgotten',
      description:
        'Signed and tried again as a lead is. Erase what you keep of the lead that came under `data.deliveryId`; where it ' +
        'has not come yet, do not keep it when it does. A campaign whose requests have a shape of their own is told by ' +
        'e-mail instead.',
      security: [],
      parameters: buildSignatureHeaders('This notice. `data.deliveryId` is the lead.'),
      requestBody: { required: true, content: { 'application/json': { schema: leadErased, example: sampleErasure } } },
      responses: { '2XX': { description: 'You have erased it, or will. Any other answer is tried again.' } },
    },
  },
}
