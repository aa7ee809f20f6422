import { addSuppression as route } from '#shared/contract/aftercare/suppressions.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import {
  type ContinueWithdrawalDependencies,
  continueWithdrawal,
} from '#shared/workflows/aftercare/continue-withdrawal.ts'
import { identifyPerson } from '#shared/workflows/aftercare/identify-person.ts'
import { parseIdentifiers } from '#shared/workflows/aftercare/parse-identifiers.ts'
import { type WithdrawConsentDependencies, withdrawConsent } from '#shared/workflows/aftercare/withdraw-consent.ts'
import { enqueueDeliveries } from '#shared/workflows/delivery/enqueue-deliveries.ts'
import { resolveScope } from './resolve-scope.ts'

type AddSuppressionDependencies = WithdrawConsentDependencies &
  ContinueWithdrawalDependencies &
  Pick<Dependencies, 'sealer' | 'earlyQueue' | 'records'>

// Well below the API timeout. A person has few leads; the worker continues with the rest.
const timeBudgetSeconds = 10

/** Records a withdrawal or a suppression and applies it to the person's leads. The worker completes it if this call fails. */
export async function addSuppression(
  { body, principal }: Request<typeof route>,
  deps: AddSuppressionDependencies,
): Promise<Reply<typeof route>> {
  const { basis, means, reason, leadId } = body
  const scope = await resolveScope(body.scope, deps)
  const identifiers = leadId === undefined ? parseIdentifiers(body) : await readIdentifiers(leadId, deps)
  const { withdrawalId, suppressionId, at } = await withdrawConsent(
    {
      person: identifyPerson(identifiers, deps),
      scope,
      basis,
      means,
      reason,
      leadId,
      actor: toActor(principal),
      channel: 'staff',
    },
    deps,
  )
  const notices = await continueWithdrawal({ withdrawalId, deadline: addSeconds(at, timeBudgetSeconds) }, deps).catch(
    (error: unknown) => {
      deps.log('withdrawal.failed', {
        withdrawalId,
        error: error instanceof Error ? (error.stack ?? error.name) : 'unknown',
      })
      return []
    },
  )
  await enqueueDeliveries(notices, deps)
  const suppression = await deps.suppressions.find(suppressionId)
  if (!suppression) throw new Error(`Suppression ${suppressionId} disappeared after it was written.`)
  return { status: 201, body: suppression }
}

async function readIdentifiers(leadId: string, { leads }: Pick<Dependencies, 'leads'>) {
  const storedLead = await leads.find(leadId)
  if (!storedLead) throw new Refusal('NOT_FOUND', 'Lead not found, or its personal data was already deleted.')
  const { email, phone } = storedLead.lead.contact
  return { email, phone }
}

export const handler = defineHandler(route, addSuppression)
