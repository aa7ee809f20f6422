import type * as z from 'zod'
import type { listSchools } from '#shared/contract/catalog/catalog.ts'
import { type Html, html } from '#shared/contract/docs/html.ts'
import type { ProgramLevel } from '#shared/domain/vocabulary.ts'
import { element } from '../parts/element.ts'
import { renderSchoolList } from '../parts/render-school-list.ts'
import { levelLabels } from '../words/choices.ts'
import { getCareerPath } from './landing-request.ts'
import { toHtml } from './to-html.ts'

type Listing = z.output<(typeof listSchools)['responses'][200]['body']>
export type ListingFilter = { level?: ProgramLevel | undefined }
type ListingTarget = { slug: string; filter: ListingFilter }

/** The sponsored listing in numbered pages, each with an address of its own. */
export function renderListingSection(listing: Listing, target: ListingTarget): Html {
  const { slug, filter } = target
  const list = renderSchoolList(listing, ({ programId, name }, { name: school, links }) =>
    element(
      'a',
      {
        href: `${getCareerPath(slug)}/request?program=${programId}`,
        rel: links.rel,
        'aria-label': `Request information: ${name}, ${school}`,
      },
      'Request information',
    ),
  )
  return html`<section aria-labelledby="schools">
<h2 id="schools">Schools</h2>
${filter.level && html`<p class="filter">Only programs of the level ${levelLabels[filter.level]}. <a href="${getCareerPath(slug)}#schools">Show all</a></p>`}
${toHtml(list)}
${renderPager(listing.page, target)}
</section>
`
}

function renderPager({ number, pages, next, previous }: Listing['page'], target: ListingTarget): Html | false {
  if (pages < 2) return false
  const renderLink = (page: number, label: string | number, rel?: 'next' | 'prev') =>
    html`<li><a href="${getListingUrl(page, target)}"${rel && html` rel="${rel}"`}${typeof label === 'number' && html` aria-label="Page ${label}"`}>${label}</a></li>`
  return html`<nav class="pages" aria-label="Pages of schools"><ul class="pager">
${previous !== null && renderLink(previous, '« Previous', 'prev')}
${Array.from({ length: pages }, (_, index) =>
  index + 1 === number ? html`<li><span aria-current="page">${number}</span></li>` : renderLink(index + 1, index + 1),
)}
${next !== null && renderLink(next, 'Next »', 'next')}
</ul></nav>`
}

function getListingUrl(page: number, { slug, filter: { level } }: ListingTarget): string {
  const query = new URLSearchParams({ ...(level && { level }), ...(page > 1 && { page: String(page) }) }).toString()
  return `${getCareerPath(slug)}${query && `?${query}`}#schools`
}
