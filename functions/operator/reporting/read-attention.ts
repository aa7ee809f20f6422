import { readAttention as route } from '#shared/contract/reporting/attention.ts'
import type { Reply } from '#shared/contract/route.ts'
import type { AttentionItem } from '#shared/domain/reporting/attention.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { describeMailFault } from '#shared/outbound/email/describe-mail-fault.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ReadAttentionDependencies = Pick<Dependencies, 'findMailFault' | 'listAttention'>

/** Returns what is wrong with this host itself: mail as it is now, and the rest as it was last looked at. */
export async function readAttention(
  _: Request<typeof route>,
  deps: ReadAttentionDependencies,
): Promise<Reply<typeof route>> {
  const others = deps.listAttention?.().filter(({ code }) => code !== 'mail-failing') ?? []
  return { status: 200, body: { items: [...listMailItems(deps), ...others] } }
}

export function listMailItems({ findMailFault }: Pick<Dependencies, 'findMailFault'>): AttentionItem[] {
  const fault = findMailFault?.()
  return fault ? [{ code: 'mail-failing', ...fault, detail: describeMailFault(fault.reason) }] : []
}

export const handler = defineHandler(route, readAttention)
