import * as z from 'zod'
import { cleanLines } from '../fields/clean-text.ts'
import { rule } from '../routing/rules.ts'
import { matches, singleLine } from '../vocabulary.ts'

const questionId = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,39}$/, 'must be a camelCase name of at most 40 letters')
  .check(matches(/^(?!constructor$)/, 'must not be a reserved JavaScript name'))
const commonFields = {
  id: questionId,
  label: singleLine(300),
  help: singleLine(500).optional(),
  required: z.boolean().default(true),
  rules: rule.optional().meta({
    description:
      'Rules for `answers.{id}`. An answer that does not match them disqualifies the visitor for the program.',
  }),
}
const options = z
  .array(z.strictObject({ value: singleLine(80), label: singleLine(160) }))
  .min(2)
  .max(50)
  .refine((all) => new Set(all.map(({ value }) => value)).size === all.length, 'must not repeat a value')

/** A question that a visitor must answer before a lead for the program is sent. */
export const question = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...commonFields, kind: z.literal('text'), maxLength: z.int().min(1).max(1000).default(500) }),
    z
      .strictObject({
        ...commonFields,
        kind: z.literal('number'),
        min: z.number().optional(),
        max: z.number().optional(),
      })
      .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
        path: ['max'],
        error: 'must not be less than `min`',
      }),
    z.strictObject({ ...commonFields, kind: z.literal('choice'), options }),
    z.strictObject({ ...commonFields, kind: z.literal('multi-choice'), options }),
    z.strictObject({ ...commonFields, kind: z.literal('date') }),
    z.strictObject({ ...commonFields, kind: z.literal('yes-no') }),
  ])
  .meta({ id: 'Question' })

export type Question = z.output<typeof question>

export const answerValue = z.union([
  z.string().overwrite(cleanLines).max(1000),
  z.number(),
  z.boolean(),
  z.array(z.string().overwrite(cleanLines).max(80)).max(50),
])
export const answers = z
  .record(questionId, answerValue)
  .refine((entries) => Object.keys(entries).length <= 50, 'must have at most 50 answers')
  .meta({ id: 'Answers', example: { gpa: 3.4 } })
export type VisitorAnswers = z.output<typeof answers>

/** Returns why an answer is not valid for its question, or undefined. Whether it qualifies is up to the question's rules. */
export function findAnswerFault(
  question: Question,
  answer: z.output<typeof answerValue> | undefined,
): string | undefined {
  if (isEmpty(answer)) return question.required ? 'was not answered' : undefined
  switch (question.kind) {
    case 'text':
      return typeof answer === 'string' && answer.length <= question.maxLength
        ? undefined
        : `must be ${describeAnswers(question)}`
    case 'number':
      return typeof answer === 'number' && answer >= (question.min ?? answer) && answer <= (question.max ?? answer)
        ? undefined
        : `must be ${describeAnswers(question)}`
    case 'choice':
      return question.options.some(({ value }) => value === answer) ? undefined : 'must be one of the options'
    case 'multi-choice':
      return Array.isArray(answer) && answer.every((one) => question.options.some(({ value }) => value === one))
        ? undefined
        : 'must be a list of the options'
    case 'date':
      return z.iso.date().safeParse(answer).success ? undefined : 'must be a date such as 2026-11-23'
    case 'yes-no':
      return typeof answer === 'boolean' ? undefined : 'must be true or false'
  }
}

/** Returns which answers a question takes, in words that are the same for questions that take the same. */
export function describeAnswers(question: Question): string {
  switch (question.kind) {
    case 'text':
      return `text of at most ${question.maxLength} characters`
    case 'number': {
      const { min, max } = question
      return `a number${min === undefined ? '' : ` from ${min}`}${max === undefined ? '' : ` up to ${max}`}`
    }
    case 'choice':
    case 'multi-choice': {
      const values = question.options.map(({ value }) => value).toSorted()
      return `${question.kind === 'choice' ? 'one' : 'any'} of ${JSON.stringify(values)}`
    }
    case 'date':
      return 'a date'
    case 'yes-no':
      return 'yes or no'
  }
}

function isEmpty(answer: z.output<typeof answerValue> | undefined): answer is undefined {
  return (
    answer === undefined ||
    (Array.isArray(answer) ? answer.length === 0 : typeof answer === 'string' && answer.trim() === '')
  )
}
