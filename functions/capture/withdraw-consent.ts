import { withdrawConsent as route } from '#shared/contract/aftercare/withdrawal.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { getWithdrawalLimits } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { identifyPerson } from '#shared/workflows/aftercare/identify-person.ts'
import { parseIdentifiers } from '#shared/workflows/aftercare/parse-identifiers.ts'
import {
  type WithdrawConsentDependencies as RecordDependencies,
  withdrawConsent as recordWithdrawal,
} from '#shared/workflows/aftercare/withdraw-consent.ts'
import { resolveSource } from './resolve-source.ts'

type WithdrawConsentDependencies = RecordDependencies & Pick<Dependencies, 'records' | 'digests' | 'sealer'>

/**
 * Records that a person withdraws consent from the leads of this source. A key of a source proves nothing about the
 * person, so it reaches no lead of another source. The work is the same whether or not the person is known.
 */
export async function withdrawConsent(
  request: Request<typeof route>,
  deps: WithdrawConsentDependencies,
): Promise<Reply<typeof route>> {
  const { principal, body, ip, spend } = request
  const source = await resolveSource(principal, request, deps)
  for (const limit of getWithdrawalLimits(
    { ip: principal.scope === 'form' ? ip : undefined, sourceId: source.id },
    deps,
  ))
    await spend(limit)
  const identifiers = parseIdentifiers(body)
  const { at } = await recordWithdrawal(
    {
      person: identifyPerson(identifiers, deps),
      scope: { kind: 'source', sourceId: source.id, ...(source.generation && { generation: source.generation }) },
      basis: 'withdrawal',
      actor: toActor(principal),
      channel: principal.scope === 'form' ? 'page' : 'source-api',
      reason: body.reason,
    },
    deps,
  )
  return { status: 202, body: { withdrawnAt: at } }
}

export const handler = defineHandler(route, withdrawConsent)
