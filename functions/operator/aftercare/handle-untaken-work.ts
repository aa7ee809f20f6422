import { handleUntakenWork as route } from '#shared/contract/aftercare/untaken-work.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type HandleUntakenWorkDependencies = Pick<Dependencies, 'untakenWork'>

/** Marks a lead that its school works without having taken it as handled by staff. */
export async function handleUntakenWork(
  { params: { deliveryId } }: Request<typeof route>,
  deps: HandleUntakenWorkDependencies,
): Promise<Reply<typeof route>> {
  if (!(await deps.untakenWork.markHandled(deliveryId)))
    throw new Refusal('NOT_FOUND', 'This delivery is not on the list, or was handled already.')
  return { status: 200, body: { deliveryId } }
}

export const handler = defineHandler(route, handleUntakenWork)
