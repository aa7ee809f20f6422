import { previewEndpoint as route } from '#shared/contract/delivery/endpoint-preview.ts'
import type { Reply } from '#shared/contract/route.ts'
import { rulesOf } from '#shared/domain/delivery/presets.ts'
import { fullSample } from '#shared/domain/delivery/sample-event.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { shapeRequest } from '#shared/outbound/shape/shape-request.ts'
import { type Reading, type Response, readResponse } from '#shared/outbound/webhook/read-response.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { refuseFields } from '../catalog/require-references.ts'
import { faultsOfEndpoint } from './faults-of-endpoint.ts'

type Needs = Pick<Dependencies, 'headerSecrets' | 'faultOfUrl' | 'now'>

const mask = '***'
// As the W3C writes it in its examples.
const sampleTraceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

/** Shows the request that a lead would make, and how the school's answer would be read. */
export async function previewEndpoint({ body }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { endpoint: given, campaignId, answer } = body
  const { secret: _secret, headerSecrets = {}, ...endpoint } = given
  const kept = campaignId === undefined ? {} : await needs.headerSecrets.sealedOf(campaignId)
  const secrets = Object.keys({ ...kept, ...headerSecrets })
  refuseFields(await faultsOfEndpoint({ endpoint, above: '/endpoint', secrets }, needs))
  const masked = Object.fromEntries(secrets.map((name) => [name, mask]))
  const stored = { headerSecrets: masked, body: JSON.stringify(fullSample) }
  const { method, headers, body: text } = await shapeRequest(fullSample, endpoint.request, stored)
  const signed = {
    traceparent: sampleTraceparent,
    'webhook-id': fullSample.data.deliveryId,
    'webhook-timestamp': String(Math.floor(needs.now().getTime() / 1000)),
    'webhook-signature': `v1,${mask}`,
  }
  const responses = rulesOf(endpoint)
  return {
    status: 200,
    body: {
      request: { method, url: endpoint.url, headers: { ...headers, ...signed }, body: text },
      ...(answer && { reading: readingOf(answer, responses) }),
      ...(responses && { responses }),
    },
  }
}

function readingOf({ status, contentType, body }: AnswerGiven, rules: ReturnType<typeof rulesOf>): Reading {
  const response: Response = { status, body, ...(contentType !== undefined && { contentType }) }
  return readResponse(response, rules)
}

type AnswerGiven = NonNullable<Request<typeof route>['body']['answer']>

export const handler = serve(route, previewEndpoint)
