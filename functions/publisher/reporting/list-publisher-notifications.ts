import { listPublisherNotifications as route } from '#shared/contract/reporting/notifications.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toSourceHolderName } from '#shared/domain/reporting/notifications/notification.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { requireSourceOwner } from '../require-source-owner.ts'

/** Lists what the calling source was told of. */
export async function listPublisherNotifications(
  { query, principal }: Request<typeof route>,
  deps: Pick<Dependencies, 'notifications' | 'records' | 'tokens' | 'now'>,
): Promise<Reply<typeof route>> {
  const holderName = toSourceHolderName(await requireSourceOwner(principal, deps))
  return replyWithPage(`notifications:${holderName}`, { route, query }, deps, (page) =>
    deps.notifications.list(holderName, page),
  )
}

export const handler = defineHandler(route, listPublisherNotifications)
