import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { readDeliveryLog as route } from '#shared/contract/school.ts'
import { type Request, serve } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'

type Needs = Pick<Dependencies, 'deliveries'>

/** Another school's delivery is as absent as one that never was. */
export async function readDeliveryLog(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const body = await needs.deliveries.log(request.params.deliveryId)
  if (body?.schoolId !== request.principal.schoolId) throw new Refusal('NOT_FOUND', 'There is no delivery of that id.')
  return { status: 200, body }
}

export const handler = serve(route, readDeliveryLog)
