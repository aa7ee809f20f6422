import { readJsonld as route } from '#shared/contract/catalog/catalog.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { jsonld } from '#shared/domain/catalog/jsonld.ts'
import { paginateListing } from '#shared/domain/catalog/listing.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ReadJsonldDependencies = Pick<Dependencies, 'catalog' | 'now'>

/**
 * Returns structured data for search engines, made from the career page and one page of its listing.
 * @throws Refusal NOT_FOUND
 */
export async function readJsonld(
  { params, query }: Request<typeof route>,
  { catalog, now }: ReadJsonldDependencies,
): Promise<Reply<typeof route>> {
  const [career, ranking] = await Promise.all([catalog.career(params.slug), catalog.listing(params.slug)])
  if (!career || !ranking) throw new Refusal('NOT_FOUND', 'Career not found. GET /v1/careers lists all careers.')
  return { status: 200, body: jsonld(career, paginateListing(ranking, query), now().toISOString()) }
}

export const handler = defineHandler(route, readJsonld)
