import { listStates as route } from '#shared/contract/catalog/catalog.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListStatesDependencies = Pick<Dependencies, 'catalog'>

/**
 * Returns median pay and jobs of a career in every state that has figures.
 * @throws Refusal NOT_FOUND if no figures by state were imported for the career
 */
export async function listStates(
  { params }: Request<typeof route>,
  { catalog }: ListStatesDependencies,
): Promise<Reply<typeof route>> {
  const comparison = await catalog.states(params.slug)
  if (!comparison) throw new Refusal('NOT_FOUND', 'There are no figures by state for this career.')
  return { status: 200, body: { slug: params.slug, ...comparison } }
}

export const handler = defineHandler(route, listStates)
