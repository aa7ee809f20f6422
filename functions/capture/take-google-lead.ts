import { type GoogleLead, takeGoogleLead as route } from '#shared/contract/capture/inbound.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import type { InboundLead } from '#shared/domain/capture/inbound/build-inbound-lead.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { instant } from '#shared/domain/vocabulary.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { getInboundKeyLimits, maxInboundPerSource } from '#shared/http/limits.ts'
import { findInboundSource } from '#shared/workflows/capture/inbound/find-inbound-source.ts'
import {
  type TakeInboundLeadDependencies,
  takeInboundLead,
} from '#shared/workflows/capture/inbound/take-inbound-lead.ts'

/**
 * Takes a lead of a lead form of Google Ads, which sends its key in the body, and sends the lead again after a 5xx.
 * https://developers.google.com/google-ads/webhook/docs/implementation
 */
export async function takeGoogleLead(
  { params: { sourceId }, body, ip, spend }: Request<typeof route>,
  deps: TakeInboundLeadDependencies,
): Promise<Reply<typeof route>> {
  const source = await findInboundSource({ sourceId, vendor: 'google', key: body.google_key }, deps)
  if (!source) {
    await spend(...getInboundKeyLimits(ip, deps))
    // The same for a source that does not exist, so that no one learns which do.
    throw new Refusal('KEY_INVALID', 'The google_key is not one of this address.')
  }
  await spend({ policy: 'inbound', owner: toOwnerName(source), limit: maxInboundPerSource }).catch(toLater)
  const rejection = await takeInboundLead(source, toInboundLead(body), deps)
  if (rejection && body.is_test)
    throw new Refusal('INVALID_REQUEST', `This test lead could not be taken: ${rejection.code}.`, {
      errors: rejection.errors.map((error) => ({ ...error, detail: 'is not valid. Check the questions of the form' })),
    })
  return { status: 200, body: {} }
}

/** Google gives up after a 4xx. */
function toLater(error: unknown): never {
  if (error instanceof Refusal && error.code === 'TOO_MANY_REQUESTS')
    throw new Refusal('UNAVAILABLE', 'Too many leads at once. Send the same request again.', { headers: error.headers })
  throw error
}

function toInboundLead(lead: GoogleLead): InboundLead {
  const labels = {
    gclid: lead.gcl_id,
    googleForm: lead.form_id,
    googleCampaign: lead.campaign_id,
    googleAdGroup: lead.adgroup_id,
    googleCreative: lead.creative_id,
  }
  const submittedAt = instant.safeParse(lead.lead_submit_time)
  return {
    vendor: 'google',
    vendorLeadId: lead.lead_id,
    formId: lead.form_id,
    answers: lead.user_column_data.map(({ column_id = '', column_name = '', string_value = '' }) => ({
      names: [column_id, column_name],
      value: string_value,
    })),
    labels: Object.fromEntries(Object.entries(labels).flatMap(([name, value]) => (value ? [[name, value]] : []))),
    submittedAt: submittedAt.data,
    test: lead.is_test,
  }
}

export const handler = defineHandler(route, takeGoogleLead)
