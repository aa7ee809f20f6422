import type * as z from 'zod'
import type { outcome } from '../../shared/contract/capture/capture.ts'
import { buildOptOutText, thanksText, withdrawalLabel } from '../words/visitor.ts'
import { element, type MarkupElement } from './element.ts'

type Receipt = { outcome: z.output<typeof outcome>; schools: readonly string[] }

/** The outcome of a request, with the names of the schools that will contact the visitor, and the page that withdraws consent. */
export function renderThanks({ outcome, schools }: Receipt, withdrawalUrl: string | undefined): MarkupElement {
  const { title, text } = thanksText[outcome]
  return element(
    'div',
    { class: 'thanks', part: 'thanks' },
    element('h2', { tabindex: -1, part: 'title' }, title),
    element('p', {}, text),
    schools.length > 0 &&
      element(
        'ul',
        { class: 'names' },
        schools.map((name) => element('li', {}, name)),
      ),
    element(
      'p',
      { class: 'help' },
      buildOptOutText(withdrawalUrl && element('a', { href: withdrawalUrl }, withdrawalLabel), schools.length > 0),
    ),
  )
}
