import type * as z from 'zod'
import type { listSchools } from '../../shared/contract/catalog/catalog.ts'
import { element, type MarkupElement } from '../parts/element.ts'
import { renderSchoolList } from '../parts/render-school-list.ts'
import { listingText } from '../words/visitor.ts'
import type { WidgetView } from './define-element.ts'
import { loadAndShow } from './load-and-show.ts'

type Listing = z.output<(typeof listSchools)['responses'][200]['body']>

/** `<school-listing career="..." state? level? modality? page-size?>`: the sponsored listing, page by page. */
export function schoolListing(view: WidgetView): void {
  showPage(1)

  async function showPage(number: number): Promise<void> {
    await loadAndShow<Listing>(buildPath(view.settings, number), view, (listing) =>
      element(
        'section',
        { class: 'card', 'aria-labelledby': 'listing-title' },
        element('h2', { id: 'listing-title', tabindex: -1, part: 'title' }, listingText.title),
        renderSchoolList(listing, () => undefined),
        renderPager(listing.page),
      ),
    )
    for (let page = 1; ; page++) {
      const button = view.find(`[data-page="${page}"]`)
      if (!button) break
      button.addEventListener('click', () => showPage(page).then(() => view.find('h2')?.focus()))
    }
  }
}

function renderPager({ number, pages }: Listing['page']): MarkupElement {
  const buttons = [...new Array(pages).keys()].map((index) => {
    const page = index + 1
    const current = page === number ? 'page' : undefined
    const label = listingText.page(page)
    return element(
      'li',
      {},
      element('button', { type: 'button', 'data-page': page, 'aria-label': label, 'aria-current': current }, `${page}`),
    )
  })
  return element(
    'nav',
    { 'aria-label': listingText.pages, hidden: pages < 2 },
    element('ul', { class: 'pager', part: 'pager' }, buttons),
  )
}

function buildPath(settings: WidgetView['settings'], page: number): string {
  const query = new URLSearchParams({ page: String(page) })
  for (const name of ['state', 'level', 'modality', 'page-size'] as const) {
    const value = settings.get(name)
    if (value) query.set(name === 'page-size' ? 'pageSize' : name, value)
  }
  return `/v1/careers/${encodeURIComponent(settings.get('career') ?? '')}/schools?${query}`
}
