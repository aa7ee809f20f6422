import { revealLead as route } from '#shared/contract/aftercare/reveals.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal, retryOnConflict } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { type ReadAccessDependencies, readLeadAccess } from '#shared/workflows/capture/read-access.ts'
import { buildReveal } from './build-reveal.ts'

type RevealLeadDependencies = Pick<Dependencies, 'leads' | 'reveals' | 'keyRing'> &
  ReadAccessDependencies &
  AuditChangeDependencies

/** Returns the contact details of a lead after recording who viewed them. */
export async function revealLead(
  request: Request<typeof route>,
  deps: RevealLeadDependencies,
): Promise<Reply<typeof route>> {
  const result = await retryOnConflict(maxAttempts, () => tryReveal(request, deps))
  if (result === 'conflict') throw conflictRefusal()
  return result
}

// A lead that is erased meanwhile is not found by the next attempt.
const maxAttempts = 3

async function tryReveal(
  { params, body, principal }: Request<typeof route>,
  deps: RevealLeadDependencies,
): Promise<Reply<typeof route> | 'conflict'> {
  const storedLead = await deps.leads.find(params.leadId)
  if (!storedLead) throw new Refusal('NOT_FOUND', 'Lead not found, or its personal data was deleted.')
  const { lead, consent } = storedLead
  const access = await readLeadAccess({ kind: 'staff', scope: principal.scope, act: 'reveal' }, lead, deps)
  if (access.view !== 'full') throw new Refusal('KEY_READ_ONLY', 'A read-only key cannot show contact details.')
  const reveal = await buildReveal(principal, body.purpose, deps)
  const { leadId } = lead
  const { purpose } = body
  const record = { kind: 'leads', id: leadId }
  const change = { actor: toActor(principal), action: 'lead.revealed', record, after: { purpose } } as const
  const reveals = [{ leadId, revealId: deps.newId('reveal'), reveal }]
  if ((await deps.reveals.record(reveals, [auditChange(change, deps)])) === 'conflict') return 'conflict'
  const { state: _, ...contact } = lead.contact
  const { page, subIds, utm } = lead
  return {
    status: 201,
    body: { contact, page, subIds, utm, consent: { ...(consent.ip && { ip: consent.ip }) }, reveal },
  }
}

export const handler = defineHandler(route, revealLead)
