import type { DisclosureTemplate } from '../../shared/domain/capture/disclosure-template.ts'
import { educationLabels, modalityLabels, startWindowLabels } from '../words/choices.ts'
import { fieldText } from '../words/visitor.ts'
import type { Control, FormField } from './form-field.ts'

/** The response of `/v1/matches`, as far as the form uses it. */
export type Match = {
  matchId: string
  /** Proves that the form was shown, and when. */
  formToken?: string | undefined
  schools: readonly {
    schoolId: string
    name: string
    consentName: string
    programId: string
    programName: string
  }[]
  disclosure: { sha256: string; template: DisclosureTemplate }
}

const agePointer = '/age'

/** The first step finds schools without asking who the visitor is. The age is asked only if the source wants it. */
export const matchFields: readonly FormField[] = [
  {
    ...fieldText.zip,
    pointer: '/zip',
    required: true,
    autocomplete: 'postal-code',
    control: { kind: 'text', type: 'text', inputmode: 'numeric', maxLength: 20 },
  },
  {
    ...fieldText.highestLevel,
    pointer: '/education/highestLevel',
    required: true,
    control: createSelect(educationLabels),
  },
  {
    ...fieldText.age,
    pointer: agePointer,
    required: false,
    control: { kind: 'text', type: 'text', inputmode: 'numeric', maxLength: 3 },
  },
  { ...fieldText.startWindow, pointer: '/startWindow', required: false, control: createSelect(startWindowLabels) },
  { ...fieldText.modality, pointer: '/modality', required: false, control: createSelect(modalityLabels) },
]

/** The fields of the first step that are shown. Once the API has refused a request for its age, it is asked too. */
export function getVisitorFields(asksAge: boolean): FormField[] {
  return matchFields.flatMap((field) =>
    field.pointer !== agePointer ? field : asksAge ? { ...field, required: true } : [],
  )
}

/** Whether a fault or a value of the first step is about the age. */
export function isAboutAge(pointers: readonly string[]): boolean {
  return pointers.includes(agePointer)
}

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
    autocomplete: 'tel',
    control: { kind: 'text', type: 'tel', maxLength: 40 },
  },
]

/** Name of the checkboxes of the schools. */
export const schoolsPointer = '/schoolIds'

/** The schools of a match. The consent text names those that stay checked, and the lead goes to no others. */
export function createSchoolsField(schools: ListedSchools): FormField {
  return {
    ...fieldText.schools,
    pointer: schoolsPointer,
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

type ListedSchools = readonly Pick<Match['schools'][number], 'schoolId' | 'name' | 'programName'>[]

/** Shown directly below the consent text. */
export const consentField: FormField = {
  label: fieldText.consent.label,
  errors: fieldText.consent.errors,
  pointer: '/consent/granted',
  required: true,
  control: { kind: 'checkbox', label: fieldText.consent.checkbox },
}

/** All fields of the last step. */
export function getContactStepFields({ schools }: { schools: ListedSchools }): FormField[] {
  return [...contactFields, createSchoolsField(schools), consentField]
}

function createSelect(labels: { [value: string]: string }): Control {
  return { kind: 'select', options: Object.entries(labels).map(([value, label]) => ({ value, label })) }
}
