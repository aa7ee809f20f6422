import type * as z from 'zod'
import type { careerPage } from '../../shared/contract/catalog/catalog.ts'
import { element } from '../parts/element.ts'
import { renderFactsTable } from '../parts/render-facts-table.ts'
import { factsText } from '../words/visitor.ts'
import type { WidgetView } from './define-element.ts'
import { loadAndShow } from './load-and-show.ts'

type Career = z.output<typeof careerPage>

/** `<career-summary career="...">`: title, summary and facts of a career. */
export function careerSummary(view: WidgetView): void {
  const slug = encodeURIComponent(view.settings.get('career') ?? '')
  loadAndShow<Career>(`/v1/careers/${slug}`, view, ({ title, summary, facts }) =>
    element(
      'article',
      { class: 'card' },
      element('h2', { part: 'title' }, title),
      element('p', { part: 'summary' }, summary),
      facts.length > 0 && renderFactsTable(facts, { caption: factsText.caption, now: new Date() }),
    ),
  )
}
