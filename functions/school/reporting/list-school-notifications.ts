import { listSchoolNotifications as route } from '#shared/contract/reporting/notifications.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toSchoolHolderName } from '#shared/domain/reporting/notifications/notification.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { toPrincipalOwner } from '../to-principal-owner.ts'

/** Lists what the calling school was told of. */
export async function listSchoolNotifications(
  { query, principal }: Request<typeof route>,
  deps: Pick<Dependencies, 'notifications' | 'tokens' | 'now'>,
): Promise<Reply<typeof route>> {
  const holderName = toSchoolHolderName(toPrincipalOwner(principal))
  return replyWithPage(`notifications:${holderName}`, { route, query }, deps, (page) =>
    deps.notifications.list(holderName, page),
  )
}

export const handler = defineHandler(route, listSchoolNotifications)
