import type * as z from 'zod'
import type { outcome } from '../../shared/contract/capture/capture.ts'
import { element, type MarkupElement } from './element.ts'

type Receipt = { outcome: z.output<typeof outcome>; schools: readonly string[] }

const messages: { [one in Receipt['outcome']]: { title: string; text: string } } = {
  accepted: {
    title: 'Thank you: your request is on its way',
    text: 'These schools have it and will contact you about tuition, financial aid and how to start:',
  },
  duplicate: {
    title: 'You have asked before',
    text: 'An earlier request of yours is already with the schools, so nothing was sent a second time.',
  },
  unmatched: {
    title: 'Thank you: we have your request',
    text: 'No school can take it just now. We keep it and offer it only to the schools that you agreed to.',
  },
}

/** What became of a request, naming the schools that will get in touch. */
export function renderThanks({ outcome, schools }: Receipt): MarkupElement {
  const { title, text } = messages[outcome]
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
      'You can withdraw your agreement at any time: tell any of the schools, or whoever runs this page.',
    ),
  )
}
