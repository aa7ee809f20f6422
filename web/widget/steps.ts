import { honeypotField } from '../form/build-requests.ts'
import { renderConsentText } from '../form/consent-text.ts'
import {
  consentField,
  contactFields,
  createSchoolsField,
  getContactStepFields,
  type Match,
  matchFields,
} from '../form/fields.ts'
import type { FormField } from '../form/form-field.ts'
import { type FormValues, getFormValues } from '../form/read-fields.ts'
import { element } from '../parts/element.ts'
import { consentTextId, renderConsent, renderFields, renderHoneypot } from '../parts/form-parts.ts'
import { getFieldId } from '../parts/render-field.ts'
import { fieldText, stepText } from '../words/visitor.ts'
import type { FormStep } from './show-step.ts'

type StepActions = { send: FormStep['send']; back: NonNullable<FormStep['back']> }

/** The first step. It does not ask who the visitor is. */
export function createVisitorStep(values: FormValues, send: FormStep['send']): FormStep {
  return createFieldStep(matchFields, { ...stepText.visitor, values, send })
}

export function createQuestionStep(fields: readonly FormField[], values: FormValues, actions: StepActions): FormStep {
  return createFieldStep(fields, { ...stepText.questions, values, ...actions })
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
      element('div', { class: 'pair' }, renderFields(contactFields, formState)),
      renderFields([schools], formState),
      renderConsent(getText(formState.values), renderFields([consentField], formState)),
      renderHoneypot(honeypotField),
    ],
    change: (formValues, find) => {
      const text = getText(formValues) ?? fieldText.consent.noSchool
      const shown = find(`#${consentTextId}`)
      if (!shown || shown.textContent === text) return
      const agreement = find(`#${getFieldId(consentField.pointer)}`)
      // The visitor has agreed to a text without the school that was added.
      if (agreement instanceof HTMLInputElement && text.length > shown.textContent.length) agreement.checked = false
      shown.textContent = text
    },
  }
}

function createFieldStep(fields: readonly FormField[], rest: Omit<FormStep, 'fields' | 'draw'>): FormStep {
  return { ...rest, fields, draw: (formState) => renderFields(fields, formState) }
}
