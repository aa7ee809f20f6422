import type * as z from 'zod'
import type { listSchools } from '../../shared/contract/catalog/catalog.ts'
import { type Element, element } from '../parts/element.ts'
import { schoolList } from '../parts/school-list.ts'
import type { View } from './define-element.ts'
import { load } from './load.ts'

type Listing = z.output<(typeof listSchools)['responses'][200]['body']>

/** `<school-listing career="..." state? level? modality? page-size?>`: the sponsored listing, page by page. */
export function schoolListing(view: View): void {
  turnTo(1)

  async function turnTo(number: number): Promise<void> {
    await load<Listing>(pathOf(view.settings, number), view, (listing) =>
      element(
        'section',
        { class: 'card', 'aria-labelledby': 'listing-title' },
        element('h2', { id: 'listing-title', tabindex: -1, part: 'title' }, 'Schools'),
        schoolList(listing, () => undefined),
        pager(listing.page),
      ),
    )
    for (let page = 1; ; page++) {
      const button = view.find(`[data-page="${page}"]`)
      if (!button) break
      button.addEventListener('click', () => turnTo(page).then(() => view.find('h2')?.focus()))
    }
  }
}

function pager({ number, pages }: Listing['page']): Element {
  const buttons = Array.from({ length: pages }, (_, index) => {
    const page = index + 1
    const current = page === number ? 'page' : undefined
    const label = `Page ${page}`
    return element(
      'li',
      {},
      element('button', { type: 'button', 'data-page': page, 'aria-label': label, 'aria-current': current }, `${page}`),
    )
  })
  return element(
    'nav',
    { 'aria-label': 'Pages of schools', hidden: pages < 2 },
    element('ul', { class: 'pager', part: 'pager' }, buttons),
  )
}

function pathOf(settings: View['settings'], page: number): string {
  const query = new URLSearchParams({ page: String(page) })
  for (const name of ['state', 'level', 'modality'] as const) if (settings[name]) query.set(name, settings[name])
  if (settings['page-size']) query.set('pageSize', settings['page-size'])
  return `/v1/careers/${encodeURIComponent(settings.career ?? '')}/schools?${query}`
}
