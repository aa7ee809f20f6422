import { requestReturn as route } from '#shared/contract/aftercare/returns.ts'
import { invalidFields, type ProblemCode, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor, toWriter } from '#shared/domain/access/actor.ts'
import {
  checkReturn,
  defaultReturnTerms,
  findApprovalTime,
  type LeadReturn,
  type ReturnEligibility,
  type ReturnInput,
  type ReturnTerms,
} from '#shared/domain/aftercare/lead-return.ts'
import type { LeadAccess } from '#shared/domain/capture/lead-access.ts'
import { findCampaignFault, toSchoolOwner } from '#shared/domain/delivery/binding.ts'
import type { Delivery } from '#shared/domain/delivery/delivery.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { type ReadAccessDependencies, readDeliveryAccess } from '#shared/workflows/capture/read-access.ts'
import { requireOwnDelivery } from '../delivery/require-own-delivery.ts'
import { findReturnShare } from './find-return-share.ts'
import { type RefuseUntakenWorkDependencies, refuseUntakenWork } from './refuse-untaken-work.ts'
import { toSchoolReturn } from './to-school-return.ts'

type RequestReturnDependencies = Pick<Dependencies, 'deliveries' | 'records' | 'returns' | 'ledger'> &
  ReadAccessDependencies &
  RefuseUntakenWorkDependencies &
  AuditChangeDependencies

/** Requests credit for a lead. A repeated request returns the return that exists. */
export async function requestReturn(
  request: Request<typeof route>,
  deps: RequestReturnDependencies,
): Promise<Reply<typeof route>> {
  const { params, body, principal } = request
  const delivery = await requireOwnDelivery(params.deliveryId, principal, deps)
  const existingReturn = await deps.returns.find(delivery.deliveryId)
  const { access } = await readDeliveryAccess({ kind: 'school', scope: principal.scope }, delivery, deps, {
    withNotes: true,
  })
  if (existingReturn) return repeatReturn(existingReturn, body, access)

  const now = deps.now().toISOString()
  const terms = await findReturnTerms(delivery, deps)
  const eligibility = checkReturn(delivery, body, terms, now)
  if (!eligibility.isAllowed)
    throw eligibility.code === 'not-delivered'
      ? await refuseUntakenWork('return', delivery, deps)
      : toRefusal(eligibility.code, eligibility.sentence)
  const { deliveryId, leadId, schoolId, campaignId, priceCents } = delivery
  const writer = toWriter(principal)
  const approveAt = findApprovalTime(now, terms)
  const leadReturn: LeadReturn = {
    returnId: deps.newId('return'),
    ...{ deliveryId, leadId, schoolId, campaignId },
    ...body,
    state: 'requested',
    requestedAt: now,
    ...(approveAt !== undefined && { approveAt }),
    ...(writer && { requestedBy: writer }),
    creditCents: priceCents,
  }
  const record = { kind: 'deliveries', id: deliveryId }
  const change = { actor: toActor(principal), action: 'return.requested', record, after: leadReturn } as const
  const also = [auditChange(change, deps)]
  const share = await findReturnShare(delivery, terms, now, deps)
  const saving = { schoolOwner: toSchoolOwner(delivery), ...(share && { share }), also }
  const result = await deps.returns.request(leadReturn, saving)
  if (result.kind === 'already-saved') return repeatReturn(result.existing, body, access)
  if (result.kind === 'conflict') throw conflictRefusal()
  if (result.kind === 'limit-reached')
    throw new Refusal(
      'RETURN_LIMIT_REACHED',
      `The campaign allows requests for ${terms.maxSharePercent} percent of the leads of a month.`,
    )
  if (result.kind === 'not-delivered')
    throw new Refusal('NOT_DELIVERED', 'The delivery has changed in the meantime. Read it again.')
  return { status: 201, body: toSchoolReturn(leadReturn, access) }
}

function repeatReturn(
  existingReturn: LeadReturn,
  { reason, note, evidenceUrl }: ReturnInput,
  access: LeadAccess,
): Reply<typeof route> {
  const { reason: earlierReason, note: earlierNote, evidenceUrl: earlierEvidence } = existingReturn
  if (earlierReason === reason && earlierNote === note && earlierEvidence === evidenceUrl)
    return { status: 200, body: toSchoolReturn(existingReturn, access) }
  throw new Refusal(
    'RETURN_EXISTS',
    `A return of this lead exists already: ${existingReturn.reason}, requested at ${existingReturn.requestedAt}, ${existingReturn.state}.`,
  )
}

/** Returns the default terms if the campaign was deleted. */
async function findReturnTerms(
  delivery: Delivery,
  { records }: Pick<RequestReturnDependencies, 'records'>,
): Promise<ReturnTerms> {
  const campaignRecord = await records.get('campaigns', delivery.campaignId)
  const terms = campaignRecord && campaign.parse(campaignRecord.body)
  const current = terms && { schoolId: terms.schoolId, generation: campaignRecord?.generation }
  return (findCampaignFault(delivery, current) ? undefined : terms?.returns) ?? defaultReturnTerms
}

type IneligibilityCode = Exclude<Extract<ReturnEligibility, { isAllowed: false }>['code'], 'not-delivered'>

function toRefusal(code: IneligibilityCode, sentence: string): Refusal {
  if (code === 'reason' || code === 'note' || code === 'evidenceUrl')
    return invalidFields([{ pointer: `/${code}`, code: 'not_allowed', detail: sentence }])
  return new Refusal(problemCodes[code], sentence)
}

const problemCodes = {
  'not-bought': 'NOT_RETURNABLE',
  'too-late': 'RETURN_TOO_LATE',
} as const satisfies { [code in Exclude<IneligibilityCode, 'reason' | 'note' | 'evidenceUrl'>]: ProblemCode }

export const handler = defineHandler(route, requestReturn)
