import type * as z from 'zod'
import type { listSchools } from '#shared/contract/catalog/catalog.ts'
import { type Html, html } from '#shared/contract/docs/html.ts'
import type { ProgramLevel } from '#shared/domain/vocabulary.ts'
import { element } from '../parts/element.ts'
import { schoolList } from '../parts/school-list.ts'
import { levelWords } from '../words/choices.ts'
import { careerPath } from './landing-request.ts'
import { toHtml } from './to-html.ts'

type Listing = z.output<(typeof listSchools)['responses'][200]['body']>
export type Filter = { level?: ProgramLevel | undefined }
type Place = { slug: string; filter: Filter }

/** The sponsored listing in numbered pages, each with an address of its own. */
export function listingSection(listing: Listing, place: Place): Html {
  const { slug, filter } = place
  const list = schoolList(listing, ({ programId, name }, { name: school, links }) =>
    element(
      'a',
      {
        href: `${careerPath(slug)}/request?program=${programId}`,
        rel: links.rel,
        'aria-label': `Request information: ${name}, ${school}`,
      },
      'Request information',
    ),
  )
  return html`<section aria-labelledby="schools">
<h2 id="schools">Schools</h2>
${filter.level && html`<p class="filter">Only programs of the level ${levelWords[filter.level]}. <a href="${careerPath(slug)}#schools">Show all</a></p>`}
${toHtml(list)}
${pager(listing.page, place)}
</section>
`
}

function pager({ number, pages, next, previous }: Listing['page'], place: Place): Html | false {
  if (pages < 2) return false
  const link = (page: number, words: string | number, rel?: 'next' | 'prev') =>
    html`<li><a href="${addressOf(page, place)}"${rel && html` rel="${rel}"`}${typeof words === 'number' && html` aria-label="Page ${words}"`}>${words}</a></li>`
  return html`<nav class="pages" aria-label="Pages of schools"><ul class="pager">
${previous !== null && link(previous, '« Previous', 'prev')}
${Array.from({ length: pages }, (_, index) =>
  index + 1 === number ? html`<li><span aria-current="page">${number}</span></li>` : link(index + 1, index + 1),
)}
${next !== null && link(next, 'Next »', 'next')}
</ul></nav>`
}

function addressOf(page: number, { slug, filter: { level } }: Place): string {
  const query = new URLSearchParams({ ...(level && { level }), ...(page > 1 && { page: String(page) }) }).toString()
  return `${careerPath(slug)}${query && `?${query}`}#schools`
}
