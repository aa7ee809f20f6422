import type { Question, VisitorAnswers } from '../catalog/question.ts'

const sampleText = 'This is a sample answer.'

/** Returns a valid answer to each question of a program, so that a test lead shows every field that a lead may have. */
export function createSampleAnswers(questions: readonly Question[]): VisitorAnswers {
  return Object.fromEntries(questions.map((question) => [question.id, createSampleAnswer(question)]))
}

function createSampleAnswer(question: Question): VisitorAnswers[string] {
  switch (question.kind) {
    case 'text':
      return sampleText.slice(0, question.maxLength)
    case 'number':
      return createSampleNumber(question)
    case 'choice':
      return question.options[0]?.value ?? ''
    case 'multi-choice':
      return question.options.slice(0, 2).map(({ value }) => value)
    case 'date':
      return '2027-01-15'
    case 'yes-no':
      return true
  }
}

/** A whole number in the middle of the range if there is one. */
function createSampleNumber({ min, max }: { min?: number | undefined; max?: number | undefined }): number {
  if (min === undefined || max === undefined) return min ?? max ?? 3
  const middle = (min + max) / 2
  const whole = Math.round(middle)
  return whole >= min && whole <= max ? whole : middle
}
