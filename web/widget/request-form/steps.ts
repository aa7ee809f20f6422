import { honeypotField } from '../../form/build-requests.ts'
import { renderConsentText } from '../../form/consent-text.ts'
import {
  consentField,
  contactFields,
  createSchoolsField,
  getContactStepFields,
  getVisitorFields,
  type Match,
} from '../../form/fields.ts'
import type { FormField } from '../../form/form-field.ts'
import { formatPhone } from '../../form/format-phone.ts'
import { type FormValues, getFormValues } from '../../form/read-fields.ts'
import { element, type MarkupElement } from '../../parts/element.ts'
import { consentTextId, type FormState, renderConsent, renderFields, renderHoneypot } from '../../parts/form-parts.ts'
import { getFieldId } from '../../parts/render-field.ts'
import { fieldText, questionText, stepText } from '../../words/visitor.ts'
import type { WidgetView } from '../define-element.ts'
import { acceptEmailHint, emailPointer, renderEmailHint, updateEmailHint } from './email-hint.ts'
import { humanCheckSlot } from './show-human-check.ts'
import type { FormStep } from './show-step.ts'

type Find = WidgetView['find']
type StepActions = { send: FormStep['send']; back: NonNullable<FormStep['back']> }
type AskingSchool = { schoolId: string; name: string }
type QuestionActions = StepActions & {
  /** The schools that ask a question. */
  listAskers: (question: FormField) => readonly AskingSchool[]
  skip: (question: FormField, values: FormValues) => void
}

/** The first step. It does not ask who the visitor is. */
export function createVisitorStep(values: FormValues, asksAge: boolean, send: FormStep['send']): FormStep {
  const fields = getVisitorFields(asksAge)
  return {
    ...stepText.visitor,
    fields,
    values,
    send,
    draw: (formState) => renderFields(fields, formState),
  }
}

/** The schools that match, and what they ask. A question that must be answered can be skipped with its schools. */
export function createQuestionStep(
  fields: readonly FormField[],
  schools: readonly AskingSchool[],
  { listAskers, skip, ...actions }: QuestionActions & { values: FormValues },
): FormStep {
  const names = new Intl.ListFormat('en-US').format(schools.map(({ name }) => name))
  return {
    ...stepText.questions,
    ...actions,
    intro: `${questionText.matched(schools.length, names)} ${stepText.questions.intro}`,
    fields,
    draw: (formState) =>
      fields.map((field) => [
        ...renderFields([field], formState),
        field.required &&
          element(
            'button',
            { class: 'omit', type: 'button', name: field.pointer },
            questionText.skip(listAskers(field).length),
          ),
      ]),
    click: ({ name }, values) => {
      const question = fields.find(({ pointer }) => pointer === name)
      if (question) skip(question, values)
    },
  }
}

/** The last step: contact details, schools, and the exact consent text for the checked schools, with an unchecked box. */
export function createContactStep(match: Match, values: FormValues, actions: StepActions): FormStep {
  const schools = createSchoolsField(match.schools)
  const getText = (formValues: FormValues) => renderConsentText(match, getFormValues(formValues, schools.pointer))
  return {
    ...stepText.contact,
    ...actions,
    fields: getContactStepFields(match),
    values: { ...values, [consentField.pointer]: [] },
    draw: (formState) => [
      element('div', { class: 'pair' }, renderContactFields(formState)),
      renderFields([schools], formState),
      renderConsent(getText(formState.values), renderFields([consentField], formState)),
      renderHoneypot(honeypotField),
      element('slot', { name: humanCheckSlot }),
    ],
    change: (formValues, find) => {
      updateEmailHint(formValues, find)
      showConsentText(getText(formValues) ?? fieldText.consent.noSchool, find)
    },
    input: (field) => {
      // Only at the end of the text, so that a correction within it keeps its caret.
      if (field.type === 'tel' && field.selectionStart === field.value.length) field.value = formatPhone(field.value)
    },
    click: (button, _, find) => acceptEmailHint(button, find),
  }
}

function renderContactFields(formState: FormState): MarkupElement[] {
  return contactFields.flatMap((contactField) =>
    renderFields([contactField], formState).map((field) =>
      contactField.pointer === emailPointer
        ? { ...field, children: [...field.children, renderEmailHint(formState.values)] }
        : field,
    ),
  )
}

function showConsentText(text: string, find: Find): void {
  const shown = find(`#${consentTextId}`)
  if (!shown || shown.textContent === text) return
  const agreement = findInput(consentField.pointer, find)
  // The visitor has agreed to a text without the school that was added.
  if (agreement && text.length > shown.textContent.length) agreement.checked = false
  shown.textContent = text
}

function findInput(pointer: string, find: Find): HTMLInputElement | undefined {
  const input = find(`#${getFieldId(pointer)}`)
  return input instanceof HTMLInputElement ? input : undefined
}
