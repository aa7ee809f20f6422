import { listSchools as route } from '#shared/contract/catalog/catalog.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { listingDisclosure, rankingBasis } from '#shared/domain/capture/disclosure.ts'
import { pageOfListing } from '#shared/domain/catalog/listing.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { linkTo } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'catalog'>

/** One numbered page of a career's sponsored listing, never without its disclosure. */
export async function listSchools(
  { params, query }: Request<typeof route>,
  { catalog }: Needs,
): Promise<Reply<typeof route>> {
  const ranked = await catalog.listing(params.slug)
  if (!ranked) throw new Refusal('NOT_FOUND', 'There is no career of that slug. See /v1/careers.')
  const listed = pageOfListing(ranked, query)
  const headers = linksTo(params.slug, query, listed.page)
  return { status: 200, headers, body: { disclosure: listingDisclosure, rankingBasis, ...listed } }
}

type Pages = { next: number | null; previous: number | null }

function linksTo(slug: string, query: Request<typeof route>['query'], { next, previous }: Pages): { link?: string } {
  const path = `/v1/careers/${slug}/schools`
  const links = [
    ...(next === null ? [] : [linkTo('next', path, { ...query, page: next })]),
    ...(previous === null ? [] : [linkTo('prev', path, { ...query, page: previous })]),
  ]
  return links.length > 0 ? { link: links.join(', ') } : {}
}

export const handler = serve(route, listSchools)
