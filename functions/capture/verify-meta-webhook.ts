import { verifyMetaWebhook as route } from '#shared/contract/capture/inbound.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { inboundVerifyContext } from '#shared/domain/capture/inbound/inbound-terms.ts'
import { storedSource } from '#shared/domain/capture/source.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { getInboundKeyLimits } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { isSameSecret } from '#shared/platform/digests.ts'

type VerifyMetaWebhookDependencies = Pick<Dependencies, 'records' | 'sealer' | 'digests'>

/** Proves to Meta that the address is ours. https://developers.facebook.com/docs/graph-api/webhooks/getting-started */
export async function verifyMetaWebhook(
  { params: { sourceId }, query, ip, spend }: Request<typeof route>,
  { records, sealer, digests }: VerifyMetaWebhookDependencies,
): Promise<Reply<typeof route>> {
  const record = await records.get('sources', sourceId)
  const sealed = record && storedSource.parse(record.body).sealed?.inboundVerify
  const token = sealed === undefined ? undefined : sealer.open(inboundVerifyContext(sourceId), sealed)
  if (token === undefined || !isSameSecret(token, query['hub.verify_token'])) {
    await spend(...getInboundKeyLimits(ip, { digests }))
    throw new Refusal('KEY_INVALID', 'The verify token is not one of this address.')
  }
  return { status: 200, body: query['hub.challenge'] }
}

export const handler = defineHandler(route, verifyMetaWebhook)
