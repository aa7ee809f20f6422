import type { Question } from '../../shared/domain/catalog/question.ts'

export type Option = { value: string; label: string }
export type Control =
  | { kind: 'text'; type: 'text' | 'email' | 'tel'; inputmode?: 'numeric'; maxLength: number }
  | { kind: 'paragraph'; maxLength: number }
  | { kind: 'number'; min?: number | undefined; max?: number | undefined }
  | { kind: 'date' }
  | { kind: 'tick'; label: string }
  | { kind: 'select' | 'radio' | 'yes-no' | 'checkboxes'; options: readonly Option[] }

/** One thing that a visitor is asked. */
export type FormField = {
  /** A JSON Pointer into the request: there the value goes, and by it the API's errors find their field. */
  pointer: string
  label: string
  help?: string | undefined
  required: boolean
  autocomplete?: string
  control: Control
}
/** What is wrong with a field, as it reads after the field's name: `is required`. */
export type Fault = { pointer: string; detail: string }

/** A program's question as a field of the form, with whom the answer is for. */
export function toFormField(question: Question, schoolNames: readonly string[]): FormField {
  const { id, label, help, required } = question
  const helpText = [help, `Asked by ${schoolNames.join(' and ')}.`].filter((text) => text !== undefined).join(' ')
  return { pointer: `/answers/${id}`, label, help: helpText, required, control: toControl(question) }
}

function toControl(question: Question): Control {
  switch (question.kind) {
    case 'text':
      return question.maxLength > 120
        ? { kind: 'paragraph', maxLength: question.maxLength }
        : { kind: 'text', type: 'text', maxLength: question.maxLength }
    case 'number':
      return { kind: 'number', min: question.min, max: question.max }
    case 'choice':
      return { kind: question.options.length > 6 ? 'select' : 'radio', options: question.options }
    case 'multi-choice':
      return { kind: 'checkboxes', options: question.options }
    case 'date':
      return { kind: 'date' }
    case 'yes-no':
      return {
        kind: 'yes-no',
        options: [
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ],
      }
  }
}
