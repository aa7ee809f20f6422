import { importSuppressions as route } from '#shared/contract/aftercare/suppressions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { maxImportRows } from '#shared/domain/aftercare/suppression-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { importSuppressions as importRows } from '#shared/workflows/aftercare/import-suppressions.ts'
import type { WithdrawConsentDependencies } from '#shared/workflows/aftercare/withdraw-consent.ts'
import { resolveScope } from './resolve-scope.ts'

/** Suppresses the people of a CSV. The worker applies it to the leads that they have. */
export async function importSuppressions(
  { body, principal }: Request<typeof route>,
  deps: WithdrawConsentDependencies & Pick<Dependencies, 'sealer' | 'records'>,
): Promise<Reply<typeof route>> {
  const scope = await resolveScope(body.scope, deps)
  const input = { ...body, scope, maxRows: maxImportRows, actor: toActor(principal), channel: 'import' } as const
  return { status: 200, body: await importRows(input, deps) }
}

export const handler = defineHandler(route, importSuppressions)
