import type { FieldFault, FormField } from '../form/form-field.ts'
import { type FormValues, getFormValues } from '../form/read-fields.ts'
import { fieldText, formText } from '../words/visitor.ts'
import { element, type MarkupElement, type MarkupNode } from './element.ts'
import { getFieldId, renderField } from './render-field.ts'

/** Id of the consent text, which changes with the schools that are checked. */
export const consentTextId = 'consent-text'

export type FormState = { values: FormValues; faults: readonly FieldFault[] }

/** Fields with their values, each with its error. */
export function renderFields(fields: readonly FormField[], { values, faults }: FormState): MarkupElement[] {
  return fields.map((field) =>
    renderField(field, {
      value: getFormValues(values, field.pointer),
      fault: faults.find(({ pointer }) => pointer === field.pointer),
    }),
  )
}

/** The errors of a form, shown above it; each links to its field. Undefined if there are none. */
export function renderErrorSummary(
  fields: readonly FormField[],
  faults: readonly FieldFault[],
  messages: readonly string[] = [],
): MarkupNode {
  const count = faults.length + messages.length
  if (count === 0) return undefined
  const links = faults.flatMap((fault) => {
    const field = fields.find(({ pointer }) => pointer === fault.pointer)
    return field ? [element('a', { href: `#${getFieldId(fault.pointer)}` }, formatSummaryLine(field, fault))] : []
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
    element('h3', { id: 'summary-title' }, formText.errorSummary(count)),
    element(
      'ul',
      {},
      [...messages, ...links].map((message) => element('li', {}, message)),
    ),
  )
}

/** The error of a question repeats the question, because several questions share one sentence. */
function formatSummaryLine({ label }: FormField, { message }: FieldFault): string {
  return label.endsWith('?') ? `${label} ${message}` : message
}

/** An input that only bots find: it is hidden from sight, keyboard and screen readers. */
export function renderHoneypot(name: string): MarkupElement {
  const input = element('input', { type: 'text', name, tabindex: -1, autocomplete: 'off' })
  return element(
    'div',
    { class: 'honeypot', 'aria-hidden': 'true' },
    element('label', {}, fieldText.honeypot.label, input),
  )
}

/** The exact consent text with its checkbox; without a text, no school is checked. It has no `part`, so no page can restyle it. */
export function renderConsent(text: string | undefined, consent: MarkupNode): MarkupElement {
  return element(
    'div',
    { class: 'consent', role: 'group', 'aria-labelledby': 'consent-title', 'aria-describedby': consentTextId },
    element('h3', { id: 'consent-title' }, fieldText.consent.label),
    element(
      'p',
      { class: 'consent-text', id: consentTextId, 'aria-live': 'polite' },
      text ?? fieldText.consent.noSchool,
    ),
    consent,
  )
}
