import type { Fault, Field, Option } from '../form/field.ts'
import { tellFault } from '../form/tell-faults.ts'
import { type Element, element, type Part } from './element.ts'

type State = { value: readonly string[]; fault: Fault | undefined }
type Described = { field: Field; state: State; describedBy: string | undefined }

/** Where the focus goes for a field: its control, or the first of its options. */
export function fieldId(pointer: string): string {
  return `field${pointer.replaceAll('/', '-')}`
}

/** A field with its label, its help, and its fault beside it. */
export function fieldParts(field: Field, state: State): Element {
  const id = fieldId(field.pointer)
  const describedBy = [field.help && `${id}-help`, state.fault && `${id}-fault`].filter(Boolean).join(' ')
  const described = { field, state, describedBy: describedBy || undefined }
  const { control } = field
  const told: Part = [
    field.help !== undefined && element('p', { class: 'help', id: `${id}-help` }, field.help),
    state.fault && element('p', { class: 'fault', id: `${id}-fault`, part: 'error' }, tellFault(field, state.fault)),
  ]
  const shared = { class: state.fault ? 'field wrong' : 'field', part: 'field' }
  if (control.kind === 'radio' || control.kind === 'yes-no' || control.kind === 'checkboxes')
    return element('div', shared, group(described, control.kind === 'checkboxes' ? 'checkbox' : 'radio', told))
  if (control.kind === 'tick') return element('div', shared, told, single(described))
  return element(
    'div',
    shared,
    element('label', { for: id, part: 'label' }, field.label, optional(field)),
    told,
    single(described),
  )
}

function optional({ required }: Field): Part {
  return !required && element('span', { class: 'optional' }, ' (optional)')
}

function single({ field, state, describedBy }: Described): Element {
  const { pointer, required, control, autocomplete } = field
  const [value = ''] = state.value
  const shared = {
    id: fieldId(pointer),
    name: pointer,
    part: 'input',
    autocomplete,
    'aria-required': required ? 'true' : undefined,
    'aria-invalid': state.fault ? 'true' : undefined,
    'aria-describedby': describedBy,
  }
  switch (control.kind) {
    case 'text':
      return element('input', {
        ...shared,
        type: control.type,
        inputmode: control.inputmode,
        maxlength: control.maxLength,
        value,
      })
    case 'number':
      return element('input', { ...shared, type: 'text', inputmode: 'decimal', maxlength: 20, value })
    case 'date':
      return element('input', { ...shared, type: 'date', value })
    case 'paragraph':
      return element('textarea', { ...shared, rows: 3, maxlength: control.maxLength }, value)
    case 'tick':
      return tick({ field, state, describedBy }, control.says)
    default:
      return element(
        'select',
        shared,
        element('option', { value: '' }, required ? 'Choose one' : 'No preference'),
        control.options.map((option) =>
          element('option', { value: option.value, selected: option.value === value }, option.label),
        ),
      )
  }
}

function group({ field, state, describedBy }: Described, type: 'checkbox' | 'radio', told: Part): Element {
  const { pointer, label, required, control } = field
  const options = 'options' in control ? control.options : []
  const isRadio = type === 'radio'
  return element(
    'fieldset',
    {
      role: isRadio ? 'radiogroup' : undefined,
      'aria-required': isRadio && required ? 'true' : undefined,
      'aria-invalid': isRadio && state.fault ? 'true' : undefined,
      'aria-describedby': describedBy,
    },
    element('legend', { part: 'label' }, label, optional(field)),
    told,
    options.map((option, index) => choice({ pointer, type, option, index, state })),
  )
}

/** Ticked by the visitor alone: whoever shows a text anew drops the tick that was given to another. */
function tick({ field, state, describedBy }: Described, says: string): Element {
  const input = element('input', {
    id: fieldId(field.pointer),
    type: 'checkbox',
    name: field.pointer,
    value: 'true',
    checked: state.value.includes('true'),
    'aria-required': 'true',
    'aria-invalid': state.fault ? 'true' : undefined,
    'aria-describedby': describedBy,
  })
  return element('label', { class: 'choice', part: 'choice' }, input, element('span', {}, says))
}

type Choice = { pointer: string; type: 'checkbox' | 'radio'; option: Option; index: number; state: State }

function choice({ pointer, type, option, index, state }: Choice): Element {
  return element(
    'label',
    { class: 'choice', part: 'choice' },
    element('input', {
      id: index === 0 ? fieldId(pointer) : `${fieldId(pointer)}-${index}`,
      type,
      name: pointer,
      value: option.value,
      checked: state.value.includes(option.value),
      'aria-invalid': type === 'checkbox' && state.fault ? 'true' : undefined,
    }),
    element('span', {}, option.label),
  )
}
