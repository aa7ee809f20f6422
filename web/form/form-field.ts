import type { Question } from '../../shared/domain/catalog/question.ts'
import { questionText } from '../words/visitor.ts'

export type Option = { value: string; label: string }
export type Control =
  | { kind: 'text'; type: 'text' | 'email' | 'tel'; inputmode?: 'numeric'; maxLength: number }
  | { kind: 'paragraph'; maxLength: number }
  | { kind: 'number'; min?: number | undefined; max?: number | undefined }
  | { kind: 'date' }
  | { kind: 'checkbox'; label: string }
  | { kind: 'select' | 'radio' | 'yes-no' | 'checkboxes'; options: readonly Option[] }

/** Sentences by what is wrong; `invalid` is for `missing` and for every code of the API that has no sentence of its own. */
export type FieldErrorText = { missing?: string; invalid: string; [code: string]: string | undefined }

export type FormField = {
  /** JSON Pointer into the request. The value is written there, and the API's errors find their field by it. */
  pointer: string
  label: string
  help?: string | undefined
  required: boolean
  autocomplete?: string
  control: Control
  errors: FieldErrorText
}
/** A field with an error, and the sentence that the visitor reads at it. */
export type FieldFault = { pointer: string; message: string }
/** An entry of `errors` in a problem of the API; its `detail` is for developers and is not shown. */
export type ApiFieldError = { pointer: string; code: string }

const listFormat = new Intl.ListFormat('en-US')

/** A school's question as a field of the form; its help names the schools that ask. */
export function toFormField(question: Question, schoolNames: readonly string[]): FormField {
  const { id, label, help, required } = question
  const askedBy = questionText.askedBy(listFormat.format(schoolNames))
  return {
    pointer: `/answers/${id}`,
    label,
    help: help === undefined ? askedBy : `${help} ${askedBy}`,
    required,
    control: toControl(question),
    errors: { missing: questionText.missing, invalid: getInvalidText(question) },
  }
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
          { value: 'true', label: questionText.yes },
          { value: 'false', label: questionText.no },
        ],
      }
  }
}

function getInvalidText(question: Question): string {
  switch (question.kind) {
    case 'text':
      return questionText.invalidText(question.maxLength)
    case 'number':
      return questionText.invalidNumber(question.min, question.max)
    case 'date':
      return questionText.invalidDate
    default:
      return questionText.invalidChoice
  }
}
