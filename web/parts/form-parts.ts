import type { Fault, FormField } from '../form/form-field.ts'
import { formatFault } from '../form/format-fault.ts'
import { type FormValues, getFormValues } from '../form/read-fields.ts'
import { element, type MarkupElement, type MarkupNode } from './element.ts'
import { getFieldId, renderField } from './render-field.ts'

export type FormState = { values: FormValues; faults: readonly Fault[] }

/** Fields as they were filled in, with what is wrong beside each. */
export function renderFields(fields: readonly FormField[], { values, faults }: FormState): MarkupElement[] {
  return fields.map((field) =>
    renderField(field, {
      value: getFormValues(values, field.pointer),
      fault: faults.find(({ pointer }) => pointer === field.pointer),
    }),
  )
}

/** What is wrong with a form, above it: each line leads to its field. Nothing where nothing is wrong. */
export function renderErrorSummary(
  fields: readonly FormField[],
  faults: readonly Fault[],
  messages: readonly string[] = [],
): MarkupNode {
  const count = faults.length + messages.length
  if (count === 0) return undefined
  const links = faults.flatMap((fault) => {
    const field = fields.find(({ pointer }) => pointer === fault.pointer)
    return field ? [element('a', { href: `#${getFieldId(fault.pointer)}` }, formatFault(field, fault))] : []
  })
  return element(
    'div',
    {
      class: 'summary',
      id: 'summary',
      role: 'group',
      tabindex: -1,
      'aria-labelledby': 'summary-title',
      part: 'error-summary',
    },
    element(
      'h3',
      { id: 'summary-title' },
      count === 1 ? 'One thing needs your attention' : `${count} things need your attention`,
    ),
    element(
      'ul',
      {},
      [...messages, ...links].map((message) => element('li', {}, message)),
    ),
  )
}

/** A field that no visitor sees or reaches. */
export function renderHoneypot(name: string): MarkupElement {
  const input = element('input', { type: 'text', name, tabindex: -1, autocomplete: 'off' })
  return element('div', { class: 'trap', 'aria-hidden': 'true' }, element('label', {}, 'Leave this empty', input))
}

/** The exact text that is agreed to, and the box to tick. No `part`, so that no page can restyle it. */
export function renderConsent(disclosure: { text: string }, consent: MarkupNode): MarkupElement {
  return element(
    'div',
    { class: 'consent', role: 'group', 'aria-labelledby': 'consent-title', 'aria-describedby': 'consent-text' },
    element('h3', { id: 'consent-title' }, 'Your agreement'),
    element('p', { class: 'consent-text', id: 'consent-text' }, disclosure.text),
    consent,
  )
}
