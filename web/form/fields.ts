import { educationLabels, modalityLabels, startWindowLabels } from '../words/choices.ts'
import { fieldText } from '../words/visitor.ts'
import type { FormField, Option } from './form-field.ts'

/** The response of `/v1/matches`, as far as the form uses it. */
export type Match = {
  matchId: string
  /** Proves that the form was shown, and when. */
  formToken?: string | undefined
  schools: readonly { schoolId: string; name: string; programId: string; programName: string }[]
  disclosure: { text: string; sha256: string }
}

/** The first step finds schools without asking who the visitor is. */
export const matchFields: readonly FormField[] = [
  {
    ...fieldText.zip,
    pointer: '/zip',
    required: true,
    autocomplete: 'postal-code',
    control: { kind: 'text', type: 'text', inputmode: 'numeric', maxLength: 10 },
  },
  {
    ...fieldText.highestLevel,
    pointer: '/education/highestLevel',
    required: true,
    control: { kind: 'select', options: toOptions(educationLabels) },
  },
  {
    ...fieldText.startWindow,
    pointer: '/startWindow',
    required: false,
    control: { kind: 'select', options: toOptions(startWindowLabels) },
  },
  {
    ...fieldText.modality,
    pointer: '/modality',
    required: false,
    control: { kind: 'select', options: toOptions(modalityLabels) },
  },
]

export const contactFields: readonly FormField[] = [
  {
    ...fieldText.firstName,
    pointer: '/contact/firstName',
    required: true,
    autocomplete: 'given-name',
    control: { kind: 'text', type: 'text', maxLength: 80 },
  },
  {
    ...fieldText.lastName,
    pointer: '/contact/lastName',
    required: true,
    autocomplete: 'family-name',
    control: { kind: 'text', type: 'text', maxLength: 80 },
  },
  {
    ...fieldText.email,
    pointer: '/contact/email',
    required: true,
    autocomplete: 'email',
    control: { kind: 'text', type: 'email', maxLength: 254 },
  },
  {
    ...fieldText.phone,
    pointer: '/contact/phone',
    required: true,
    autocomplete: 'tel-national',
    control: { kind: 'text', type: 'tel', maxLength: 40 },
  },
]

/** The schools that the consent text names. A lead goes only to those that stay checked. */
export function createSchoolsField(schools: Match['schools']): FormField {
  return {
    ...fieldText.schools,
    pointer: '/schoolIds',
    required: true,
    control: {
      kind: 'checkboxes',
      options: schools.map(({ schoolId, name, programName }) => ({
        value: schoolId,
        label: `${name}: ${programName}`,
      })),
    },
  }
}

/** Shown directly below the consent text. */
export const consentField: FormField = {
  label: fieldText.consent.label,
  errors: fieldText.consent.errors,
  pointer: '/consent/granted',
  required: true,
  control: { kind: 'checkbox', label: fieldText.consent.checkbox },
}

/** All fields of the last step. */
export function getContactStepFields({ schools }: Pick<Match, 'schools'>): FormField[] {
  return [...contactFields, createSchoolsField(schools), consentField]
}

function toOptions(labels: { [value: string]: string }): Option[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}
