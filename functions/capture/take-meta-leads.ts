import { takeMetaLeads as route } from '#shared/contract/capture/inbound.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { getInboundKeyLimits } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { signWithSecret } from '#shared/platform/digests.ts'
import { digestFormText } from '#shared/workflows/capture/inbound/digest-form-text.ts'
import { findInboundSource } from '#shared/workflows/capture/inbound/find-inbound-source.ts'
import { toInboundId } from '#shared/workflows/capture/inbound/take-inbound-lead.ts'

type TakeMetaLeadsDependencies = Pick<Dependencies, 'records' | 'sealer' | 'digests' | 'now' | 'inboundFetches'>

/** The button Test of the app dashboard announces this lead, which does not exist. */
const dashboardLeadId = '444444444444'

/**
 * Stores which leads are to be read, before Meta gets its 200. The body is signed with the app secret.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export async function takeMetaLeads(
  { params: { sourceId }, headers, body, sentText = '', ip, spend }: Request<typeof route>,
  deps: TakeMetaLeadsDependencies,
): Promise<Reply<typeof route>> {
  const signature = headers['x-hub-signature-256']
  const isKey = (key: string) => `sha256=${signWithSecret(key, sentText)}`
  const source = await findInboundSource({ sourceId, vendor: 'meta', key: signature, derive: isKey }, deps)
  if (!source) {
    await spend(...getInboundKeyLimits(ip, deps))
    throw new Refusal('KEY_INVALID', 'The body is not signed with a secret of this address.')
  }
  const at = deps.now().toISOString()
  const owner = toOwnerName(source)
  const leads = body.entry.flatMap(({ changes }) =>
    changes.flatMap(({ field, value }) => (field === 'leadgen' ? value : [])),
  )
  for (const { leadgen_id: vendorLeadId, form_id: formId } of leads) {
    if (vendorLeadId === undefined || formId === undefined || vendorLeadId === dashboardLeadId) continue
    const form = source.inbound?.forms.find((one) => one.formId === formId)
    await deps.inboundFetches.enqueueOnce({
      inboundId: toInboundId(owner, { vendor: 'meta', vendorLeadId }, deps),
      sourceId,
      ...(source.generation && { sourceGeneration: source.generation }),
      vendorLeadId,
      formId,
      at,
      ...(form && { textDigest: digestFormText(form) }),
    })
  }
  return { status: 200, body: {} }
}

export const handler = defineHandler(route, takeMetaLeads)
