import { readAttention as route } from '#shared/contract/reporting/attention.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { describeMailFault } from '#shared/outbound/email/describe-mail-fault.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ReadAttentionDependencies = Pick<Dependencies, 'findMailFault'>

/** Returns what is wrong with this host itself. */
export async function readAttention(
  _: Request<typeof route>,
  { findMailFault }: ReadAttentionDependencies,
): Promise<Reply<typeof route>> {
  const mailFault = findMailFault?.()
  const items = mailFault
    ? [{ code: 'mail-failing' as const, ...mailFault, detail: describeMailFault(mailFault.reason) }]
    : []
  return { status: 200, body: { items } }
}

export const handler = defineHandler(route, readAttention)
