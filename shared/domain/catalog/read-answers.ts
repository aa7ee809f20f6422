import type * as z from 'zod'
import { readBoolean, readNumber } from '../capture/read-form-values.ts'
import { findFirstValue } from '../fields/labels.ts'
import type { answerValue, Question, VisitorAnswers } from './question.ts'

type Answer = z.output<typeof answerValue>

/**
 * Gives answers the types of their questions, if a program sent them as a form holds them: numbers and yes or no as text,
 * a single option as a list or the other way round, options in another case or by their label. Anything else stays as it
 * is, for the question to judge. Programs of a career whose questions share an ID take the same answers.
 */
export function readAnswers(
  answers: VisitorAnswers | undefined,
  programs: readonly { questions: readonly Question[] }[],
): VisitorAnswers | undefined {
  if (!answers) return undefined
  const questions = new Map(programs.flatMap((program) => program.questions.map((one) => [one.id, one] as const)))
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => {
      const question = questions.get(id)
      return [id, question ? readAnswer(question, answer) : answer]
    }),
  )
}

/** The answer as its question takes it, or unchanged. */
export function readAnswer(question: Question, answer: Answer): Answer {
  switch (question.kind) {
    case 'text':
      return typeof answer === 'number' || typeof answer === 'boolean' ? String(answer) : answer
    case 'number': {
      const number = readNumber(findFirstValue(answer))
      return typeof number === 'number' ? number : answer
    }
    case 'yes-no': {
      const isYes = readBoolean(findFirstValue(answer))
      return typeof isYes === 'boolean' ? isYes : answer
    }
    case 'choice': {
      const [only, ...others] = toTexts(answer)
      return only === undefined || others.length > 0 ? answer : (findOption(question, only) ?? answer)
    }
    case 'multi-choice': {
      const texts = toTexts(answer)
      return texts.length === 0 ? answer : texts.map((text) => findOption(question, text) ?? text)
    }
    case 'date':
      return typeof answer === 'string' ? toIsoDate(answer) : answer
  }
}

function toTexts(answer: Answer): string[] {
  if (Array.isArray(answer)) return answer
  return answer === '' ? [] : [String(answer)]
}

/** The value of the option with this value or, if there is one only, with this label. */
function findOption({ options }: Extract<Question, { kind: 'choice' | 'multi-choice' }>, text: string) {
  if (options.some(({ value }) => value === text)) return text
  const written = simplify(text)
  const matching = options.filter(({ value, label }) => simplify(value) === written || simplify(label) === written)
  return matching.length === 1 ? matching[0]?.value : undefined
}

function simplify(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
}

/** `11/23/2026`, as people in the United States write dates. */
function toIsoDate(text: string): string {
  const [, month = '', day = '', year = ''] = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/.exec(text) ?? []
  return year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
