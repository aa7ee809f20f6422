import type { Actor } from '../../domain/access/actor.ts'
import type {
  ContactList,
  SuppressionBasis,
  SuppressionScope,
  WithdrawalChannel,
  WithdrawalMeans,
} from '../../domain/aftercare/suppression.ts'
import { computeHonorDeadline } from '../../domain/aftercare/withdrawal.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { buildWithdrawalWrite } from '../../store/aftercare/withdrawals.ts'
import { conflictRefusal } from '../../store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '../access/audit-change.ts'
import type { WithdrawnPerson } from './identify-person.ts'

export type WithdrawConsentDependencies = Pick<Dependencies, 'suppressions' | 'digests'> & AuditChangeDependencies
export type WithdrawalInput = {
  person: WithdrawnPerson
  scope: SuppressionScope
  basis: SuppressionBasis
  /** The list that names the person. They said nothing, so no school is told that they withdrew. */
  list?: ContactList | undefined
  actor: Actor
  channel: WithdrawalChannel
  means?: WithdrawalMeans | undefined
  reason?: string | undefined
  /** The lead whose link or ID was used. */
  leadId?: string | undefined
}

/**
 * Records that a person withdraws consent: the one way for every door. From this write on, routing and delivery send
 * nothing under earlier consent. The same transaction starts the withdrawal, which ends deliveries that wait, marks the
 * person's leads and tells the schools that have them; the worker completes it. Known and unknown people cost the same.
 */
export async function withdrawConsent(
  { person, leadId, reason, ...input }: WithdrawalInput,
  deps: WithdrawConsentDependencies,
): Promise<{ withdrawalId: string; suppressionId: string; at: string }> {
  const at = deps.now().toISOString()
  const withdrawalId = deps.newId('withdrawal')
  const suppressionId = deps.newId('suppression')
  const { scope, actor, channel, means, basis, list } = input
  const statement = { ...(means && { means }), ...(reason !== undefined && { reason }) }
  const cause = { at, scope, actor, channel, ...statement }
  const withdrawal = { ...cause, withdrawalId, basis }
  const { digests, identifiers, isHashed, people } = person
  const outcome = await deps.suppressions.add(
    {
      ...cause,
      suppressionId,
      basis,
      ...(list ? { list } : { withdrawalId }),
      digests,
      identifiers: [...identifiers],
      isHashed,
      sealed: person.seal(suppressionId),
      ...(leadId !== undefined && { leadId }),
    },
    [
      ...(list ? [] : [buildWithdrawalWrite({ ...withdrawal, honorBy: computeHonorDeadline(at), people, isHashed })]),
      auditChange(
        {
          actor,
          action: basis === 'withdrawal' ? 'consent.withdrawn' : 'suppression.added',
          record: { kind: 'suppressions', id: suppressionId },
          after: {
            ...(list ? { ...cause, basis, list } : withdrawal),
            ...(leadId !== undefined && { leadId }),
            person: digests,
          },
        },
        deps,
      ),
    ],
  )
  if (outcome === 'conflict') throw conflictRefusal()
  return { withdrawalId, suppressionId, at }
}
