import { readReadiness as route } from '#shared/contract/about.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ReadReadinessDependencies = Pick<Dependencies, 'catalog'>

/**
 * Returns `ok` if the table can be read, even if it is empty.
 * @throws Refusal if it cannot be read
 */
export async function readReadiness(
  _: Request<typeof route>,
  { catalog }: ReadReadinessDependencies,
): Promise<Reply<typeof route>> {
  await catalog.careers({ limit: 1 }).catch((error: unknown) => {
    throw new Refusal('UNAVAILABLE', 'The table cannot be read.', { headers: { 'retry-after': '5' }, cause: error })
  })
  return { status: 200, body: { status: 'ok' } }
}

export const handler = defineHandler(route, readReadiness)
