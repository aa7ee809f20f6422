import { verifyAudit as route } from '#shared/contract/access/audit.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { verifyAuditDay } from '#shared/workflows/access/verify-audit-day.ts'

type VerifyAuditDependencies = Pick<Dependencies, 'audit' | 'consentLists' | 'now'>

/** Recomputes the hash chain of a day, and compares the proofs of consent that it lists. */
export async function verifyAudit(
  { params }: Request<typeof route>,
  deps: VerifyAuditDependencies,
): Promise<Reply<typeof route>> {
  return { status: 200, body: await verifyAuditDay(params.day, deps) }
}

export const handler = defineHandler(route, verifyAudit)
