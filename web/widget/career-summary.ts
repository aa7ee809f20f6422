import type * as z from 'zod'
import type { careerPage } from '../../shared/contract/catalog/catalog.ts'
import { element } from '../parts/element.ts'
import { factsTable } from '../parts/facts-table.ts'
import type { View } from './define-element.ts'
import { load } from './load.ts'

type Career = z.output<typeof careerPage>

/** `<career-summary career="...">`: what the career is, and its facts with periods and sources. */
export function careerSummary(view: View): void {
  const slug = encodeURIComponent(view.settings.career ?? '')
  load<Career>(`/v1/careers/${slug}`, view, ({ title, summary, facts }) =>
    element(
      'article',
      { class: 'card' },
      element('h2', { part: 'title' }, title),
      element('p', { part: 'summary' }, summary),
      facts.length > 0 && factsTable(facts, { caption: `${title}: facts`, now: new Date() }),
    ),
  )
}
