import type * as z from 'zod'
import type { listSchools } from '#shared/contract/catalog/catalog.ts'
import type { ProgramLevel } from '#shared/domain/vocabulary.ts'
import { element, type MarkupNode } from '../parts/element.ts'
import { renderSchoolList } from '../parts/render-school-list.ts'
import { levelLabels } from '../words/choices.ts'
import { landingText, listingText } from '../words/visitor.ts'
import { getCareerPath } from './landing-request.ts'

type Listing = z.output<(typeof listSchools)['responses'][200]['body']>
export type LandingFilter = { level?: ProgramLevel | undefined }
type ListingTarget = { slug: string; filter: LandingFilter }
const { filtered, showAll, request, requestFor, previous: previousLabel, next: nextLabel } = landingText.listing

/** The sponsored listing in numbered pages, each with its own address. */
export function renderListingSection(listing: Listing, target: ListingTarget): MarkupNode {
  const { slug, filter } = target
  return element(
    'section',
    { 'aria-labelledby': 'schools' },
    element('h2', { id: 'schools' }, listingText.title),
    filter.level &&
      element(
        'p',
        { class: 'filter' },
        filtered(levelLabels[filter.level]),
        ' ',
        element('a', { href: `${getCareerPath(slug)}#schools` }, showAll),
      ),
    renderSchoolList(listing, ({ programId, name }, { name: school, links }) =>
      element(
        'a',
        {
          href: `${getCareerPath(slug)}/request?program=${programId}`,
          rel: links.rel,
          'aria-label': requestFor(name, school),
        },
        request,
      ),
    ),
    renderPager(listing.page, target),
  )
}

function renderPager({ number, pages, next, previous }: Listing['page'], target: ListingTarget): MarkupNode {
  if (pages < 2) return undefined
  const renderLink = (page: number, label: string, attributes: { rel?: string; 'aria-label'?: string }) =>
    element('li', {}, element('a', { href: getListingUrl(page, target), ...attributes }, label))
  return element(
    'nav',
    { class: 'pages', 'aria-label': listingText.pages },
    element(
      'ul',
      { class: 'pager' },
      previous !== null && renderLink(previous, previousLabel, { rel: 'prev' }),
      Array.from({ length: pages }, (_, index) => index + 1).map((page) =>
        page === number
          ? element('li', {}, element('span', { 'aria-current': 'page' }, String(page)))
          : renderLink(page, String(page), { 'aria-label': listingText.page(page) }),
      ),
      next !== null && renderLink(next, nextLabel, { rel: 'next' }),
    ),
  )
}

function getListingUrl(page: number, { slug, filter: { level } }: ListingTarget): string {
  const query = new URLSearchParams({ ...(level && { level }), ...(page > 1 && { page: String(page) }) }).toString()
  return `${getCareerPath(slug)}${query && `?${query}`}#schools`
}
