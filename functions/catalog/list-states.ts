import { listStates as route } from '#shared/contract/catalog/comparisons.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListStatesDependencies = Pick<Dependencies, 'catalog'>

/**
 * Returns median pay and jobs of a career in every state that has figures.
 * @throws Refusal NOT_FOUND
 */
export async function listStates(
  { params }: Request<typeof route>,
  { catalog }: ListStatesDependencies,
): Promise<Reply<typeof route>> {
  const comparison = await catalog.states(params.slug)
  if (comparison) return { status: 200, body: { slug: params.slug, ...comparison } }
  if (await catalog.career(params.slug)) return { status: 200, body: { slug: params.slug, states: [] } }
  throw new Refusal('NOT_FOUND', 'Career not found. GET /v1/careers lists all careers.')
}

export const handler = defineHandler(route, listStates)
