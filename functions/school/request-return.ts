import { requestReturn as route } from '#shared/contract/aftercare/returns.ts'
import { invalidFields, type ProblemCode, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import {
  type Askable,
  judgeReturn,
  type LeadReturn,
  type ReturnInput,
  type ReturnTerms,
  usualTerms,
} from '#shared/domain/aftercare/lead-return.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { ownDelivery } from './own-delivery.ts'
import { toldReturn } from './told-return.ts'

type Needs = Pick<Dependencies, 'deliveries' | 'records' | 'returns' | 'newId' | 'now'>

/** A school asks for credit for a lead: once, however often it says so. */
export async function requestReturn(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { params, body, principal } = request
  const delivery = await ownDelivery(params.deliveryId, principal, needs)
  const before = await needs.returns.find(delivery.deliveryId)
  if (before) return standing(before, body)

  const now = needs.now().toISOString()
  const judged = judgeReturn(delivery, body, await termsOf(delivery.campaignId, needs), now)
  if (!judged.may) throw refusalOf(judged)
  const { deliveryId, leadId, schoolId, campaignId, priceCents } = delivery
  const asked: LeadReturn = {
    returnId: needs.newId('return'),
    ...{ deliveryId, leadId, schoolId, campaignId },
    ...body,
    state: 'requested',
    requestedAt: now,
    creditCents: priceCents,
  }
  const requested = await needs.returns.request(asked)
  if (requested.came === 'standing') return standing(requested.standing, body)
  if (requested.came === 'busy') throw new Refusal('BUSY', 'Send the same request again.')
  if (requested.came === 'not-delivered')
    throw new Refusal('NOT_DELIVERED', 'The delivery has changed meanwhile: look at it again.')
  return { status: 201, body: toldReturn(asked) }
}

function standing(before: LeadReturn, { reason, note }: ReturnInput): Reply<typeof route> {
  if (before.reason === reason && before.note === note) return { status: 200, body: toldReturn(before) }
  throw new Refusal('RETURN_STANDS', `It was asked for at ${before.requestedAt} for ${before.reason}: ${before.state}.`)
}

/** Of a campaign that is not there any more, the usual ones. */
async function termsOf(campaignId: string, { records }: Pick<Needs, 'records'>): Promise<ReturnTerms> {
  const kept = await records.get('campaigns', campaignId)
  return (kept && campaign.parse(kept.body).returns) ?? usualTerms
}

type No = Extract<Askable, { may: false }>

function refusalOf({ code, sentence }: No): Refusal {
  if (code === 'reason' || code === 'note')
    return invalidFields([{ pointer: `/${code}`, code: 'not_allowed', detail: sentence }])
  return new Refusal(problemOf[code], sentence)
}

const problemOf = {
  'not-delivered': 'NOT_DELIVERED',
  'not-bought': 'NOT_RETURNABLE',
  'too-late': 'RETURN_TOO_LATE',
} as const satisfies { [code in Exclude<No['code'], 'reason' | 'note'>]: ProblemCode }

export const handler = serve(route, requestReturn)
