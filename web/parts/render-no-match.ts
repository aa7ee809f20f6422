import { noMatchText } from '../words/visitor.ts'
import { element, type MarkupElement, type MarkupNode } from './element.ts'

type NamedProgram = { name: string; schoolName: string }

/** Shown instead of the next step if no school matches: there is nothing to agree to, so no contact details are requested. */
export function renderNoMatch(restart: MarkupNode, program?: NamedProgram): MarkupElement {
  return element(
    'div',
    { class: 'thanks' },
    element('h2', { tabindex: -1, part: 'title' }, program ? noMatchText.programTitle : noMatchText.title),
    element('p', {}, program ? noMatchText.programText(program.name, program.schoolName) : noMatchText.text),
    element('div', { class: 'actions' }, restart),
  )
}
