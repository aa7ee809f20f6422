import { educationLabels, modalityLabels, startWindowLabels } from '../words/choices.ts'
import type { FormField, Option } from './form-field.ts'

/** As `/v1/matches` answers. */
export type Match = {
  matchId: string
  /** What says that this form was shown to somebody, and when. */
  formToken?: string | undefined
  schools: readonly { schoolId: string; name: string; programId: string; programName: string }[]
  disclosure: { text: string; sha256: string }
}

/** Asked first, of somebody who has not said who they are: by these the schools are found. */
export const matchFields: readonly FormField[] = [
  {
    pointer: '/zip',
    label: 'ZIP code',
    help: 'Five digits. Schools differ by state.',
    required: true,
    autocomplete: 'postal-code',
    control: { kind: 'text', type: 'text', inputmode: 'numeric', maxLength: 10 },
  },
  {
    pointer: '/education/highestLevel',
    label: 'Highest level of education',
    required: true,
    control: { kind: 'select', options: toOptions(educationLabels) },
  },
  {
    pointer: '/startWindow',
    label: 'When would you like to start?',
    required: false,
    control: { kind: 'select', options: toOptions(startWindowLabels) },
  },
  {
    pointer: '/modality',
    label: 'How would you like to study?',
    required: false,
    control: { kind: 'select', options: toOptions(modalityLabels) },
  },
]

/** Asked last: how the schools may reach the visitor. */
export const contactFields: readonly FormField[] = [
  createNameField('/contact/firstName', 'First name', 'given-name'),
  createNameField('/contact/lastName', 'Last name', 'family-name'),
  {
    pointer: '/contact/email',
    label: 'E-mail address',
    required: true,
    autocomplete: 'email',
    control: { kind: 'text', type: 'email', maxLength: 254 },
  },
  {
    pointer: '/contact/phone',
    label: 'Phone number',
    required: true,
    autocomplete: 'tel-national',
    control: { kind: 'text', type: 'tel', maxLength: 40 },
  },
]

/** Which of the schools that the consent text names may have the enquiry. All of them, until one is unticked. */
export function createSchoolsField(schools: Match['schools']): FormField {
  return {
    pointer: '/schoolIds',
    label: 'Schools that may contact you',
    help: 'Untick any from which you do not want to hear. The schools pay for enquiries, and what they pay affects which are shown.',
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

/** The consent text stands right above it. */
export const consentField: FormField = {
  pointer: '/consent/granted',
  label: 'Your agreement',
  required: true,
  control: { kind: 'tick', label: 'I agree to this' },
}

/** What the last step asks of a match. */
export function getContactStepFields({ schools }: Pick<Match, 'schools'>): FormField[] {
  return [...contactFields, createSchoolsField(schools), consentField]
}

function createNameField(pointer: string, label: string, autocomplete: string): FormField {
  return { pointer, label, required: true, autocomplete, control: { kind: 'text', type: 'text', maxLength: 80 } }
}

function toOptions(labels: { [value: string]: string }): Option[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}
