import { honeypotField } from '../form/build-requests.ts'
import {
  consentField,
  contactFields,
  createSchoolsField,
  getContactStepFields,
  type Match,
  matchFields,
} from '../form/fields.ts'
import type { FormField } from '../form/form-field.ts'
import type { FormValues } from '../form/read-fields.ts'
import { element } from '../parts/element.ts'
import { renderConsent, renderFields, renderHoneypot } from '../parts/form-parts.ts'
import { stepText } from '../words/visitor.ts'
import type { FormStep } from './show-step.ts'

type StepActions = { send: FormStep['send']; back: () => void }

/** The first step. It does not ask who the visitor is. */
export function createVisitorStep(values: FormValues, send: FormStep['send']): FormStep {
  return createFieldStep(matchFields, { ...stepText.visitor, values, send })
}

export function createQuestionStep(fields: readonly FormField[], values: FormValues, actions: StepActions): FormStep {
  return createFieldStep(fields, { ...stepText.questions, values, ...actions })
}

/** The last step: contact details, schools, and the exact consent text with an unchecked box. */
export function createContactStep(match: Match, values: FormValues, actions: StepActions): FormStep {
  const schools = createSchoolsField(match.schools)
  return {
    ...stepText.contact,
    ...actions,
    fields: getContactStepFields(match),
    values: { ...values, [schools.pointer]: match.schools.map(({ schoolId }) => schoolId), [consentField.pointer]: [] },
    draw: (formState) => [
      element('div', { class: 'pair' }, renderFields(contactFields, formState)),
      renderFields([schools], formState),
      renderConsent(match.disclosure, renderFields([consentField], formState)),
      renderHoneypot(honeypotField),
    ],
  }
}

function createFieldStep(fields: readonly FormField[], rest: Omit<FormStep, 'fields' | 'draw'>): FormStep {
  return { ...rest, fields, draw: (formState) => renderFields(fields, formState) }
}
