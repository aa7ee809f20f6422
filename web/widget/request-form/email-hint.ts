import { type FormValues, getFormValues } from '../../form/read-fields.ts'
import { suggestEmail } from '../../form/suggest-email.ts'
import { element, type MarkupElement } from '../../parts/element.ts'
import { getFieldId } from '../../parts/render-field.ts'
import { fieldText } from '../../words/visitor.ts'
import type { WidgetView } from '../define-element.ts'
import { toDom } from '../to-dom.ts'

type Find = WidgetView['find']

export const emailPointer = '/contact/email'

const hintId = 'email-hint'

/** Asks about an address that looks mistyped; empty if it looks right. */
export function renderEmailHint(values: FormValues): MarkupElement {
  const suggestion = suggestEmail(getFormValues(values, emailPointer)[0] ?? '')
  const button = { class: 'omit', type: 'button', name: hintId, value: suggestion }
  const hint = suggestion !== undefined && [`${fieldText.emailHint} `, element('button', button, suggestion), '?']
  return element('p', { class: 'hint', id: hintId, role: 'status' }, hint)
}

/** A hint that stays is not announced again. */
export function updateEmailHint(values: FormValues, find: Find): void {
  const hint = find(`#${hintId}`)
  const newHint = toDom(renderEmailHint(values))
  if (hint && hint.textContent !== newHint.textContent) hint.replaceChildren(...newHint.childNodes)
}

/** Types the address that the visitor chose. */
export function acceptEmailHint(button: HTMLButtonElement, find: Find): void {
  const email = find(`#${getFieldId(emailPointer)}`)
  if (button.name !== hintId || !(email instanceof HTMLInputElement)) return
  email.value = button.value
  email.focus()
  for (const name of ['input', 'change']) email.dispatchEvent(new Event(name, { bubbles: true }))
}
