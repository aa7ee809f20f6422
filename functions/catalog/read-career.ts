import { readCareer as route } from '#shared/contract/catalog/catalog.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { isOfAnotherState } from '#shared/domain/catalog/is-of-another-state.ts'
import { withoutOlderFacts } from '#shared/domain/catalog/state-figures.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ReadCareerDependencies = Pick<Dependencies, 'catalog'>

/**
 * Returns a career as its page shows it; with `state` also the facts of that state, which have a row of their own.
 * @throws Refusal NOT_FOUND
 */
export async function readCareer(
  { params, query }: Request<typeof route>,
  { catalog }: ReadCareerDependencies,
): Promise<Reply<typeof route>> {
  const body = await catalog.career(params.slug)
  if (!body) throw new Refusal('NOT_FOUND', 'Career not found. GET /v1/careers lists all careers.')
  const { state } = query
  if (state === undefined) return { status: 200, body }
  const national = body.facts.filter((fact) => !isOfAnotherState(fact, state))
  const stateFacts = withoutOlderFacts(await catalog.stateFacts(params.slug, state), national)
  return { status: 200, body: { ...body, facts: [...stateFacts, ...national] } }
}

export const handler = defineHandler(route, readCareer)
