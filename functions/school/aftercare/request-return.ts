import { requestReturn as route } from '#shared/contract/aftercare/returns.ts'
import { invalidFields, type ProblemCode, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import {
  checkReturn,
  defaultReturnTerms,
  type LeadReturn,
  type ReturnEligibility,
  type ReturnInput,
  type ReturnTerms,
} from '#shared/domain/aftercare/lead-return.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { requireOwnDelivery } from '../delivery/require-own-delivery.ts'
import { toSchoolReturn } from './to-school-return.ts'

type RequestReturnDependencies = Pick<Dependencies, 'deliveries' | 'records' | 'returns' | 'newId' | 'now'>

/** Requests credit for a lead. A repeated request returns the return that exists. */
export async function requestReturn(
  request: Request<typeof route>,
  deps: RequestReturnDependencies,
): Promise<Reply<typeof route>> {
  const { params, body, principal } = request
  const delivery = await requireOwnDelivery(params.deliveryId, principal, deps)
  const existingReturn = await deps.returns.find(delivery.deliveryId)
  if (existingReturn) return repeatReturn(existingReturn, body)

  const now = deps.now().toISOString()
  const eligibility = checkReturn(delivery, body, await findReturnTerms(delivery.campaignId, deps), now)
  if (!eligibility.isAllowed) throw toRefusal(eligibility)
  const { deliveryId, leadId, schoolId, campaignId, priceCents } = delivery
  const leadReturn: LeadReturn = {
    returnId: deps.newId('return'),
    ...{ deliveryId, leadId, schoolId, campaignId },
    ...body,
    state: 'requested',
    requestedAt: now,
    creditCents: priceCents,
  }
  const result = await deps.returns.request(leadReturn)
  if (result.kind === 'already-saved') return repeatReturn(result.existing, body)
  if (result.kind === 'conflict') throw conflictRefusal()
  if (result.kind === 'not-delivered')
    throw new Refusal('NOT_DELIVERED', 'The delivery has changed in the meantime. Read it again.')
  return { status: 201, body: toSchoolReturn(leadReturn) }
}

function repeatReturn(existingReturn: LeadReturn, { reason, note }: ReturnInput): Reply<typeof route> {
  if (existingReturn.reason === reason && existingReturn.note === note)
    return { status: 200, body: toSchoolReturn(existingReturn) }
  throw new Refusal(
    'RETURN_EXISTS',
    `A return of this lead exists already: ${existingReturn.reason}, requested at ${existingReturn.requestedAt}, ${existingReturn.state}.`,
  )
}

/** Returns the default terms if the campaign was deleted. */
async function findReturnTerms(
  campaignId: string,
  { records }: Pick<RequestReturnDependencies, 'records'>,
): Promise<ReturnTerms> {
  const campaignRecord = await records.get('campaigns', campaignId)
  return (campaignRecord && campaign.parse(campaignRecord.body).returns) ?? defaultReturnTerms
}

type Ineligibility = Extract<ReturnEligibility, { isAllowed: false }>

function toRefusal({ code, sentence }: Ineligibility): Refusal {
  if (code === 'reason' || code === 'note')
    return invalidFields([{ pointer: `/${code}`, code: 'not_allowed', detail: sentence }])
  return new Refusal(problemCodes[code], sentence)
}

const problemCodes = {
  'not-delivered': 'NOT_DELIVERED',
  'not-bought': 'NOT_RETURNABLE',
  'too-late': 'RETURN_TOO_LATE',
} as const satisfies { [code in Exclude<Ineligibility['code'], 'reason' | 'note'>]: ProblemCode }

export const handler = defineHandler(route, requestReturn)
