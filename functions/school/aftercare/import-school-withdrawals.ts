import { importSchoolWithdrawals as route } from '#shared/contract/aftercare/suppressions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { maxImportRows } from '#shared/domain/aftercare/suppression-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { importSuppressions } from '#shared/workflows/aftercare/import-suppressions.ts'
import type { WithdrawConsentDependencies } from '#shared/workflows/aftercare/withdraw-consent.ts'
import { toOwnSchoolScope } from '../to-principal-owner.ts'

/** Records the opt-outs of a school's own list: this school gets no lead of these people any more. */
export async function importSchoolWithdrawals(
  { body, principal }: Request<typeof route>,
  deps: WithdrawConsentDependencies & Pick<Dependencies, 'sealer'>,
): Promise<Reply<typeof route>> {
  const result = await importSuppressions(
    {
      ...body,
      reason: body.reason,
      maxRows: maxImportRows,
      scope: toOwnSchoolScope(principal),
      basis: 'withdrawal',
      actor: toActor(principal),
      channel: 'school-csv',
    },
    deps,
  )
  return { status: 200, body: result }
}

export const handler = defineHandler(route, importSchoolWithdrawals)
