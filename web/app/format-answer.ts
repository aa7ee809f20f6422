import type { Question } from '#shared/domain/catalog/question.ts'
import { formatCode } from '#shared/domain/fields/format-code.ts'
import { appText } from './text/app-text.ts'

type AnswerValue = boolean | string | number | readonly string[]

/** The question as the visitor saw it, or its ID as words if it is no longer asked. */
export function getQuestionLabel(id: string, questions: readonly Question[]): string {
  return questions.find((question) => question.id === id)?.label ?? formatCode(id)
}

/** An answer with the labels that the visitor saw. */
export function formatAnswer(id: string, answer: AnswerValue, questions: readonly Question[]): string {
  if (typeof answer === 'boolean') return answer ? appText.yes : appText.no
  const question = questions.find((candidate) => candidate.id === id)
  const options = question?.kind === 'choice' || question?.kind === 'multi-choice' ? question.options : []
  return [answer]
    .flat()
    .map((value) => options.find((option) => option.value === value)?.label ?? formatAnswerValue(value))
    .join(', ')
}

/** A value whose question is no longer asked. */
function formatAnswerValue(value: string | number): string {
  return typeof value === 'string' ? formatCode(value) : String(value)
}
