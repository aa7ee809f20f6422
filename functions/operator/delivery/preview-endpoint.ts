import { previewEndpoint as route } from '#shared/contract/delivery/endpoint-preview.ts'
import type { Reply } from '#shared/contract/route.ts'
import { getResponseRules } from '#shared/domain/delivery/presets.ts'
import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { shapeRequest } from '#shared/outbound/shape/shape-request.ts'
import {
  interpretResponse,
  type ResponseInterpretation,
  type SchoolResponse,
} from '#shared/outbound/webhook/interpret-response.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { refuseFields } from '../catalog/require-references.ts'
import { findEndpointFaults } from './find-endpoint-faults.ts'

type PreviewEndpointDependencies = Pick<Dependencies, 'headerSecrets' | 'findUrlProblem' | 'now'>

const testNotNamed =
  'The body does not say that a lead is a test. Test leads carry the header x-prospectus-test: true; add the field test or set a test endpoint.'
const anyBodyAccepted =
  'Without response rules every 2xx counts as accepted and is billed, whatever its body says. If your responses say that a lead is rejected in their body, choose a preset or write response rules.'
const mask = '***'
// The example of the W3C Trace Context specification.
const sampleTraceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

/** Returns the request that a sample lead would cause, and the meaning of a sample response. */
export async function previewEndpoint(
  { body }: Request<typeof route>,
  deps: PreviewEndpointDependencies,
): Promise<Reply<typeof route>> {
  const { endpoint: endpointInput, campaignId, answer: sampleResponse } = body
  const { secret: _secret, headerSecrets = {}, ...endpoint } = endpointInput
  const sealedSecrets = campaignId === undefined ? {} : await deps.headerSecrets.getSealed(campaignId)
  const secrets = Object.keys({ ...sealedSecrets, ...headerSecrets })
  refuseFields(
    await findEndpointFaults({ endpoint, parentPointer: '/endpoint', secrets, sendIpAndUserAgent: true }, deps),
  )
  const maskedSecrets = Object.fromEntries(secrets.map((name) => [name, mask]))
  const requestParts = { headerSecrets: maskedSecrets, body: JSON.stringify(fullSampleLead) }
  const { method, headers, body: text } = await shapeRequest(fullSampleLead, endpoint.request, requestParts)
  const liveLead = { ...fullSampleLead, data: { ...fullSampleLead.data, test: false } }
  const liveParts = { ...requestParts, body: JSON.stringify(liveLead) }
  const namesTest = (await shapeRequest(liveLead, endpoint.request, liveParts)).body !== text
  const signatureHeaders = {
    traceparent: sampleTraceparent,
    'x-prospectus-test': 'true',
    'webhook-id': fullSampleLead.data.deliveryId,
    'webhook-timestamp': String(Math.floor(deps.now().getTime() / 1000)),
    'webhook-signature': `v1,${mask}`,
  }
  const responses = getResponseRules(endpoint)
  const reading = sampleResponse && interpretSample(sampleResponse, responses)
  const isBodyIgnored = !responses && reading?.means === 'accepted' && sampleResponse?.body.trim() !== ''
  return {
    status: 200,
    body: {
      request: { method, url: endpoint.url, headers: { ...headers, ...signatureHeaders }, body: text },
      ...(reading && { reading }),
      ...(responses && { responses }),
      warnings: [...(namesTest ? [] : [testNotNamed]), ...(isBodyIgnored ? [anyBodyAccepted] : [])],
    },
  }
}

function interpretSample(
  { status, contentType, body }: SampleResponse,
  rules: ReturnType<typeof getResponseRules>,
): ResponseInterpretation {
  const response: SchoolResponse = { status, body, ...(contentType !== undefined && { contentType }) }
  return interpretResponse(response, rules)
}

type SampleResponse = NonNullable<Request<typeof route>['body']['answer']>

export const handler = defineHandler(route, previewEndpoint)
