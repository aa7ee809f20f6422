import { listNotifications as route } from '#shared/contract/reporting/notifications.ts'
import type { Reply } from '#shared/contract/route.ts'
import { staffHolderName } from '#shared/domain/reporting/notifications/notification.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** Lists what staff were told of. */
export async function listNotifications(
  { query }: Request<typeof route>,
  deps: Pick<Dependencies, 'notifications' | 'tokens' | 'now'>,
): Promise<Reply<typeof route>> {
  return replyWithPage('notifications', { route, query }, deps, (page) =>
    deps.notifications.list(staffHolderName, page),
  )
}

export const handler = defineHandler(route, listNotifications)
