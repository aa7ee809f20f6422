import { listSchools as route } from '#shared/contract/catalog/catalog.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { listingDisclosure, rankingBasis } from '#shared/domain/capture/disclosure.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { formatLink } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListSchoolsDependencies = Pick<Dependencies, 'catalog'>

/**
 * Returns one numbered page of a career's sponsored listing, with its disclosure.
 * @throws Refusal NOT_FOUND
 */
export async function listSchools(
  { params, query }: Request<typeof route>,
  { catalog }: ListSchoolsDependencies,
): Promise<Reply<typeof route>> {
  const listing = await catalog.listingPage(params.slug, query)
  if (!listing) throw new Refusal('NOT_FOUND', 'Career not found. GET /v1/careers lists all careers.')
  const headers = formatPageLinks(params.slug, query, listing.page)
  return { status: 200, headers, body: { disclosure: listingDisclosure, rankingBasis, ...listing } }
}

type PageNumbers = { next: number | null; previous: number | null }

function formatPageLinks(
  slug: string,
  query: Request<typeof route>['query'],
  { next, previous }: PageNumbers,
): { link?: string } {
  const path = `/v1/careers/${slug}/schools`
  const links = [
    ...(next === null ? [] : [formatLink('next', path, { ...query, page: next })]),
    ...(previous === null ? [] : [formatLink('prev', path, { ...query, page: previous })]),
  ]
  return links.length > 0 ? { link: links.join(', ') } : {}
}

export const handler = defineHandler(route, listSchools)
