import { readCareer as route } from '#shared/contract/catalog/catalog.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { findCareerPage } from './find-career-page.ts'

type ReadCareerDependencies = Pick<Dependencies, 'catalog' | 'now'>

/**
 * Returns a career as its page shows it; with `state` also the facts of that state, which have a row of their own.
 * @throws Refusal NOT_FOUND
 */
export async function readCareer(
  { params, query }: Request<typeof route>,
  deps: ReadCareerDependencies,
): Promise<Reply<typeof route>> {
  const body = await findCareerPage(params.slug, query.state, deps)
  if (!body) throw new Refusal('NOT_FOUND', 'Career not found. GET /v1/careers lists all careers.')
  return { status: 200, body }
}

export const handler = defineHandler(route, readCareer)
