import { noMatchText } from '../words/visitor.ts'
import { element, type MarkupElement, type MarkupNode } from './element.ts'

/** Shown instead of the next step if no school matches: there is nothing to agree to, so no contact details are requested. */
export function renderNoMatch(restart: MarkupNode): MarkupElement {
  return element(
    'div',
    { class: 'thanks' },
    element('h2', { tabindex: -1, part: 'title' }, noMatchText.title),
    element('p', {}, noMatchText.text),
    element('div', { class: 'actions' }, restart),
  )
}
