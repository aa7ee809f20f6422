import { element, type MarkupElement, type MarkupNode } from './element.ts'

/** Told to whom no school takes: there is nothing to agree to, so nothing is asked further. */
export function renderNoMatch(restart: MarkupNode): MarkupElement {
  const text =
    'None of the schools here takes a request like yours just now. Nothing was sent, and nobody has your details.'
  return element(
    'div',
    { class: 'thanks' },
    element('h2', { tabindex: -1, part: 'title' }, 'No school matches'),
    element('p', {}, text),
    element('div', { class: 'actions' }, restart),
  )
}
