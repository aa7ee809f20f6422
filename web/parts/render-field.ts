import type { FieldFault, FormField, Option } from '../form/form-field.ts'
import { formText } from '../words/visitor.ts'
import { element, type MarkupElement, type MarkupNode } from './element.ts'

type FieldState = { value: readonly string[]; fault: FieldFault | undefined }
type DescribedField = { field: FormField; state: FieldState; describedBy: string | undefined }

/** The id of the field's control, or of its first option: the target of the error summary's link. */
export function getFieldId(pointer: string): string {
  return `field${pointer.replaceAll('/', '-')}`
}

/** A field with label, help and error. */
export function renderField(field: FormField, state: FieldState): MarkupElement {
  const id = getFieldId(field.pointer)
  const describedBy = [field.help && `${id}-help`, state.fault && `${id}-fault`].filter(Boolean).join(' ')
  const described = { field, state, describedBy: describedBy || undefined }
  const { control } = field
  const messages: MarkupNode = [
    field.help !== undefined && element('p', { class: 'help', id: `${id}-help` }, field.help),
    state.fault && element('p', { class: 'fault', id: `${id}-fault`, part: 'error' }, state.fault.message),
  ]
  const shared = { class: state.fault ? 'field wrong' : 'field', part: 'field' }
  if (control.kind === 'radio' || control.kind === 'yes-no' || control.kind === 'checkboxes')
    return element(
      'div',
      shared,
      renderChoices(described, control.kind === 'checkboxes' ? 'checkbox' : 'radio', messages),
    )
  if (control.kind === 'checkbox') return element('div', shared, messages, renderControl(described))
  return element(
    'div',
    shared,
    element('label', { for: id, part: 'label' }, field.label, renderOptionalMark(field)),
    messages,
    renderControl(described),
  )
}

function renderOptionalMark({ required }: FormField): MarkupNode {
  return !required && element('span', { class: 'optional' }, ` ${formText.optional}`)
}

function renderControl({ field, state, describedBy }: DescribedField): MarkupElement {
  const { pointer, required, control, autocomplete } = field
  const [value = ''] = state.value
  const shared = {
    id: getFieldId(pointer),
    name: pointer,
    part: 'input',
    autocomplete,
    'aria-required': required && 'true',
    'aria-invalid': state.fault && 'true',
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
    case 'checkbox':
      return renderCheckbox({ field, state, describedBy }, control.label)
    default:
      return element(
        'select',
        shared,
        element('option', { value: '' }, required ? formText.chooseOne : formText.noPreference),
        control.options.map((option) =>
          element('option', { value: option.value, selected: option.value === value }, option.label),
        ),
      )
  }
}

function renderChoices(
  { field, state, describedBy }: DescribedField,
  type: 'checkbox' | 'radio',
  messages: MarkupNode,
): MarkupElement {
  const { pointer, label, required, control } = field
  const options = 'options' in control ? control.options : []
  const isRadio = type === 'radio'
  return element(
    'fieldset',
    {
      role: isRadio && 'radiogroup',
      'aria-required': isRadio && required && 'true',
      'aria-invalid': isRadio && state.fault && 'true',
      'aria-describedby': describedBy,
    },
    element('legend', { part: 'label' }, label, renderOptionalMark(field)),
    messages,
    options.map((option, index) => renderChoice({ pointer, type, option, index, state })),
  )
}

/** Only the visitor checks it: a step that shows a new consent text clears the value first. */
function renderCheckbox({ field, state, describedBy }: DescribedField, label: string): MarkupElement {
  const input = element('input', {
    id: getFieldId(field.pointer),
    type: 'checkbox',
    name: field.pointer,
    value: 'true',
    checked: state.value.includes('true'),
    'aria-required': 'true',
    'aria-invalid': state.fault && 'true',
    'aria-describedby': describedBy,
  })
  return element('label', { class: 'choice', part: 'choice' }, input, element('span', {}, label))
}

type Choice = { pointer: string; type: 'checkbox' | 'radio'; option: Option; index: number; state: FieldState }

function renderChoice({ pointer, type, option, index, state }: Choice): MarkupElement {
  return element(
    'label',
    { class: 'choice', part: 'choice' },
    element('input', {
      id: index === 0 ? getFieldId(pointer) : `${getFieldId(pointer)}-${index}`,
      type,
      name: pointer,
      value: option.value,
      checked: state.value.includes(option.value),
      'aria-invalid': type === 'checkbox' && state.fault && 'true',
    }),
    element('span', {}, option.label),
  )
}
