import { listSchoolReturns as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import {
  type DeliveryAccess,
  type ReadAccessDependencies,
  readDeliveryAccess,
} from '#shared/workflows/capture/read-access.ts'
import { requireOwnDelivery } from '../delivery/require-own-delivery.ts'
import { toPrincipalOwner } from '../to-principal-owner.ts'
import { toSchoolReturn } from './to-school-return.ts'

type ListSchoolReturnsDependencies = Pick<Dependencies, 'returns' | 'deliveries' | 'tokens'> & ReadAccessDependencies

/** Lists the returns of the school that owns the API key, latest first. */
export async function listSchoolReturns(
  { query, principal }: Request<typeof route>,
  deps: ListSchoolReturnsDependencies,
): Promise<Reply<typeof route>> {
  const { scope } = principal
  const schoolOwner = toPrincipalOwner(principal)
  return replyWithPage(`returns:${schoolOwner}`, { route, query }, deps, async (pageRequest) => {
    const { returns, ...rest } = await deps.returns.listBySchool(schoolOwner, pageRequest)
    const schoolReturns = returns.map(async (leadReturn) => {
      const delivery = await requireOwnDelivery(leadReturn.deliveryId, principal, deps)
      const deliveryAccess = await readDeliveryAccess({ kind: 'school', scope }, delivery, deps, { withNotes: true })
      return { ...toSchoolReturn(leadReturn, deliveryAccess.access), ...toSubject(deliveryAccess) }
    })
    return { ...rest, returns: await Promise.all(schoolReturns) }
  })
}

/** Whom a return is about, as far as the school may still see it. */
function toSubject({ access, event }: DeliveryAccess) {
  if (!event) return {}
  const { contact, program } = event.data
  const { firstName, lastName } = contact
  return {
    program: { id: program.id, name: program.name },
    ...(access.view === 'full' && { person: { firstName, lastName } }),
    ...(access.view === 'masked' && { masked: access.reason }),
  }
}

export const handler = defineHandler(route, listSchoolReturns)
