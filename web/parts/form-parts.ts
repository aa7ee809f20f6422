import type { Fault, Field } from '../form/field.ts'
import { type Values, valuesAt } from '../form/read-fields.ts'
import { tellFault } from '../form/tell-faults.ts'
import { type Element, element, type Part } from './element.ts'
import { fieldId, fieldParts } from './field-parts.ts'

export type Filled = { values: Values; faults: readonly Fault[] }

/** Fields as they were filled in, with what is wrong beside each. */
export function fieldList(fields: readonly Field[], { values, faults }: Filled): Element[] {
  return fields.map((field) =>
    fieldParts(field, {
      value: valuesAt(values, field.pointer),
      fault: faults.find(({ pointer }) => pointer === field.pointer),
    }),
  )
}

/** What is wrong with a form, above it: each line leads to its field. Nothing where nothing is wrong. */
export function errorSummary(
  fields: readonly Field[],
  faults: readonly Fault[],
  messages: readonly string[] = [],
): Part {
  const count = faults.length + messages.length
  if (count === 0) return undefined
  const lines = faults.flatMap((fault) => {
    const field = fields.find(({ pointer }) => pointer === fault.pointer)
    return field ? [element('a', { href: `#${fieldId(fault.pointer)}` }, tellFault(field, fault))] : []
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
      [...messages, ...lines].map((line) => element('li', {}, line)),
    ),
  )
}

/** A field that no visitor sees or reaches. */
export function trapParts(name: string): Element {
  const input = element('input', { type: 'text', name, tabindex: -1, autocomplete: 'off' })
  return element('div', { class: 'trap', 'aria-hidden': 'true' }, element('label', {}, 'Leave this empty', input))
}

/** The exact text that is agreed to, and the box to tick. No `part`, so that no page can restyle it. */
export function consentParts(disclosure: { text: string }, consent: Part): Element {
  return element(
    'div',
    { class: 'consent', role: 'group', 'aria-labelledby': 'consent-title', 'aria-describedby': 'consent-text' },
    element('h3', { id: 'consent-title' }, 'Your agreement'),
    element('p', { class: 'consent-text', id: 'consent-text' }, disclosure.text),
    consent,
  )
}
