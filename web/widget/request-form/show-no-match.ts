import { element } from '../../parts/element.ts'
import { renderNoMatch } from '../../parts/render-no-match.ts'
import { formText, noMatchText } from '../../words/visitor.ts'
import type { WidgetView } from '../define-element.ts'

type NoMatchActions = {
  /** The program that was asked for. Without it, there are no other schools to look for. */
  program: { name: string; schoolName: string } | undefined
  restart: () => void
  findOthers: () => void
}

/** Says that no school takes the request, and leads on: to the other schools of the career, or to the answers. */
export function showNoMatch({ show, find }: WidgetView, { program, restart, findOthers }: NoMatchActions): void {
  const createButton = (label: string, className: string) =>
    element('button', { class: className, type: 'button', part: 'button' }, label)
  const change = createButton(formText.changeAnswers, program ? 'plain' : 'button')
  show(renderNoMatch(program ? [createButton(noMatchText.others, 'button'), change] : change, program))
  find('h2')?.focus()
  find('.button')?.addEventListener('click', program ? findOthers : restart)
  find('.plain')?.addEventListener('click', restart)
}
