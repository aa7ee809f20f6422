import { recordSchoolWithdrawal as route } from '#shared/contract/aftercare/withdrawals.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ErasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import { identifyPerson } from '#shared/workflows/aftercare/identify-person.ts'
import { parseIdentifiers } from '#shared/workflows/aftercare/parse-identifiers.ts'
import {
  type WithdrawConsentDependencies as RecordDependencies,
  withdrawConsent,
} from '#shared/workflows/aftercare/withdraw-consent.ts'
import { requireOwnDelivery } from '../delivery/require-own-delivery.ts'
import { toOwnSchoolScope } from '../to-principal-owner.ts'

export type SchoolWithdrawalDependencies = RecordDependencies & Pick<Dependencies, 'deliveries' | 'sealer'>
type SchoolPrincipal = Request<typeof route>['principal']

/** Records that a person asked a school to stop. By an email or phone alone, only this school stops. */
export async function recordSchoolWithdrawal(
  { body, principal }: Request<typeof route>,
  deps: SchoolWithdrawalDependencies,
): Promise<Reply<typeof route>> {
  const { deliveryId, email, phone, ...input } = body
  if (deliveryId !== undefined) {
    const delivery = await requireOwnDelivery(deliveryId, principal, deps)
    return { status: 202, body: { withdrawnAt: await withdrawFromDelivery(delivery, { principal, ...input }, deps) } }
  }
  const { at } = await withdrawConsent(
    {
      person: identifyPerson(parseIdentifiers({ email, phone }), deps),
      scope: toOwnSchoolScope(principal),
      basis: 'withdrawal',
      actor: toActor(principal),
      channel: body.channel,
      reason: body.reason,
    },
    deps,
  )
  return { status: 202, body: { withdrawnAt: at } }
}

type DeliveryWithdrawal = {
  principal: SchoolPrincipal
  scope: 'all-schools' | 'your-school'
  channel: 'school-api' | 'portal' | 'disposition'
  reason?: string | undefined
}

/** Withdraws the consent of the person of a delivery, whom the school knows by it. Returns when. */
export async function withdrawFromDelivery(
  delivery: StoredDelivery | ErasedDelivery,
  { principal, scope, channel, reason }: DeliveryWithdrawal,
  deps: SchoolWithdrawalDependencies,
): Promise<string> {
  if (delivery.state === 'erased')
    throw new Refusal(
      'LEAD_ERASED',
      'Personal data of this lead was deleted. Send the email or phone of the person instead.',
    )
  const { contact } = leadCreated.parse(JSON.parse(delivery.body)).data
  const { at } = await withdrawConsent(
    {
      person: identifyPerson({ email: contact.email, phone: contact.phone }, deps),
      scope: scope === 'all-schools' ? { kind: scope } : toOwnSchoolScope(principal),
      basis: 'withdrawal',
      actor: toActor(principal),
      channel,
      reason,
      leadId: delivery.leadId,
    },
    deps,
  )
  return at
}

export const handler = defineHandler(route, recordSchoolWithdrawal)
