import { readJsonld as route } from '#shared/contract/catalog/catalog.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { jsonld } from '#shared/domain/catalog/pages/jsonld.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { findCareerPage } from './find-career-page.ts'

type ReadJsonldDependencies = Pick<Dependencies, 'catalog' | 'now'>

/**
 * Returns structured data for search engines, made from the career page and one page of its listing; with `state` as the page of that state.
 * @throws Refusal NOT_FOUND
 */
export async function readJsonld(
  { params, query }: Request<typeof route>,
  deps: ReadJsonldDependencies,
): Promise<Reply<typeof route>> {
  const [career, listing] = await Promise.all([
    findCareerPage(params.slug, query.state, deps),
    deps.catalog.listingPage(params.slug, query),
  ])
  if (!career || !listing) throw new Refusal('NOT_FOUND', 'Career not found. GET /v1/careers lists all careers.')
  return { status: 200, body: jsonld(career, listing, deps.now().toISOString()) }
}

export const handler = defineHandler(route, readJsonld)
