import { revokeKey as route } from '#shared/contract/access/keys.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { AuditChangeDependencies } from '#shared/workflows/access/audit-change.ts'
import { auditRevocation } from '#shared/workflows/access/audit-revocation.ts'

type RevokeKeyDependencies = Pick<Dependencies, 'keyRing'> & AuditChangeDependencies

/** Revokes a key. Keys are looked up on each request and never cached, so the next request with it is refused. */
export async function revokeKey(
  { params, principal }: Request<typeof route>,
  deps: RevokeKeyDependencies,
): Promise<Reply<typeof route>> {
  const by = toActor(principal)
  const outcome = await deps.keyRing.revoke(params.keyId, { at: deps.now().toISOString(), by }, (key) => [
    auditRevocation(key, by, deps),
  ])
  if (outcome === 'absent') throw new Refusal('NOT_FOUND', 'Key not found.')
  return { status: 204 }
}

export const handler = defineHandler(route, revokeKey)
