import { verifyStatements as route } from '#shared/contract/reporting/statements.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { loadAccount } from '#shared/workflows/reporting/load-account.ts'
import { type VerifyAccountDependencies, verifyAccount } from '#shared/workflows/reporting/verify-account.ts'

/** Recomputes the closed statements of an account from its entries. */
export async function verifyStatements(
  { params, query }: Request<typeof route>,
  deps: VerifyAccountDependencies & Pick<Dependencies, 'records'>,
): Promise<Reply<typeof route>> {
  const { account } = await loadAccount({ ...params, ...query }, deps)
  return { status: 200, body: await verifyAccount(account, deps) }
}

export const handler = defineHandler(route, verifyStatements)
