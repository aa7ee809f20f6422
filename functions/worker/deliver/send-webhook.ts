import { newParentId, replaceParentId } from '#shared/domain/capture/traceparent.ts'
import type { AttemptResult } from '#shared/domain/delivery/classify-attempt.ts'
import { getResponseRules } from '#shared/domain/delivery/presets.ts'
import type { DeliveryEndpoint } from '#shared/domain/routing/campaign.ts'
import { createRedactor, listPersonalValues } from '#shared/outbound/webhook/create-redactor.ts'
import { interpretResponse } from '#shared/outbound/webhook/interpret-response.ts'
import { createSignatureHeaders } from '#shared/outbound/webhook/signature.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { LeasedDelivery } from '#shared/store/delivery/delivery-row.ts'
import type { DeliveryRoute } from '#shared/workflows/delivery/resolve-endpoint.ts'
import type { DeliveryPayload } from './prepare-payload.ts'

export type SendWebhookDependencies = Pick<
  Dependencies,
  'webhookSecrets' | 'sealer' | 'postWebhook' | 'randomBytes' | 'now'
>
type WebhookEndpoint = Extract<DeliveryEndpoint, { kind: 'webhook' }>

/** Posts a payload, signed with every live secret. Each attempt is its own span in the lead's trace. */
export async function sendWebhook(
  { deliveryId, traceparent, test }: LeasedDelivery,
  { campaignId, endpoint: { url, ...endpoint } }: Pick<DeliveryRoute, 'campaignId'> & { endpoint: WebhookEndpoint },
  { event, request, fault = 'The request could not be built.' }: DeliveryPayload,
  deps: SendWebhookDependencies,
): Promise<AttemptResult> {
  if (!request) return { kind: 'webhook', stage: 'refused', reason: fault, isOurFault: true }
  const timestamp = deps.now()
  const sealedSecrets = await deps.webhookSecrets.listLive(campaignId, timestamp.toISOString())
  const secrets = sealedSecrets.map((secret) => deps.sealer.open(campaignId, secret))
  const { method, headers, body } = request
  const signatureHeaders = createSignatureHeaders({ id: deliveryId, timestamp, body, secrets })
  const parentId = newParentId(deps.randomBytes)
  const traceHeaders = traceparent && { traceparent: replaceParentId(traceparent, parentId) }
  const rules = getResponseRules(endpoint)
  const webhookResponse = await deps.postWebhook({
    url,
    method,
    headers: { ...headers, ...(test && testHeader), ...traceHeaders, ...signatureHeaders },
    body,
    needsBody: rules !== undefined,
  })
  const attemptFields = {
    kind: 'webhook',
    request: toAttemptRequest(url, request),
    ...(traceHeaders && { parentId }),
  } as const
  if (webhookResponse.stage !== 'answered')
    return { ...attemptFields, stage: webhookResponse.stage, reason: webhookResponse.reason }
  const { status, excerpt, unreadable } = webhookResponse
  const contentType = webhookResponse.headers['content-type']
  const response = {
    status,
    body: webhookResponse.body,
    ...(contentType && { contentType }),
    ...(unreadable && { unreadable }),
  }
  // The stored part of a response must not repeat personal data or our secrets.
  const { 'content-type': _, ...shapeHeaders } = headers
  const secretValues = [...secrets, ...signatureHeaders['webhook-signature'].split(' '), ...Object.values(shapeHeaders)]
  const retryAfter = webhookResponse.headers['retry-after']
  const { reason, reference, ...interpretation } = interpretResponse(response, rules)
  const redact = createRedactor([...listPersonalValues(event), ...secretValues])
  return {
    ...attemptFields,
    stage: 'answered',
    status,
    ...interpretation,
    ...(reason !== undefined && { reason: redact(reason) }),
    ...(reference !== undefined && { reference: redact(reference) }),
    ...(excerpt && { response: redact(excerpt) }),
    ...(retryAfter !== undefined && { retryAfter }),
    // Standard Webhooks: the school does not want this message again.
    ...(webhookResponse.headers['webhook-delivery'] === 'abort-message' && { isStopped: true }),
  }
}

/** On every test lead, because a school's own request shape may not say that it is one. */
const testHeader = { 'x-prospectus-test': 'true' }

function toAttemptRequest(url: string, { method, body }: NonNullable<DeliveryPayload['request']>) {
  const { origin, pathname } = new URL(url)
  return { method, url: `${origin}${pathname}`, bytes: Buffer.byteLength(body), sha256: sha256(body) }
}
