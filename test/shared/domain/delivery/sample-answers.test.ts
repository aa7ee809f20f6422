import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { answers, findAnswerFault, question } from '#shared/domain/catalog/question.ts'
import { createSampleAnswers } from '#shared/domain/delivery/sample-answers.ts'
import '#test/builders/seeded.ts'

const commonFields = { id: 'someQuestion', label: 'Some question' }
const options = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2 })
  .map((values) => values.map((value) => ({ value, label: value })))
const limit = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: undefined })
const questions = fc.oneof(
  fc.record({ kind: fc.constant('text'), maxLength: fc.integer({ min: 1, max: 1000 }) }),
  fc
    .tuple(limit, limit)
    .map(([first, second]) => [first, second].toSorted((a, b) => (a ?? 0) - (b ?? 0)))
    .filter(([min, max]) => min === undefined || max === undefined || min <= max)
    .map(([min, max]) => ({ kind: 'number', ...(min !== undefined && { min }), ...(max !== undefined && { max }) })),
  fc.record({ kind: fc.constantFrom('choice', 'multi-choice'), options }),
  fc.record({ kind: fc.constantFrom('date', 'yes-no') }),
)

it('answers every question as a visitor could', () => {
  fc.assert(
    fc.property(questions, (fields) => {
      const parsedQuestion = question.parse({ ...commonFields, ...fields })
      const sample = answers.parse(createSampleAnswers([parsedQuestion]))
      expect(findAnswerFault(parsedQuestion, sample.someQuestion)).toBeUndefined()
    }),
  )
})
