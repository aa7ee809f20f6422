import { describe, expect, it } from 'vitest'
import { program } from '#shared/domain/catalog/program.ts'
import { answers, findAnswerFault, question } from '#shared/domain/catalog/question.ts'
import { aProgram } from '#test/builders/catalog.ts'

const commonFields = { id: 'given', label: 'What is it?' }
const options = [
  { value: 'day', label: 'By day' },
  { value: 'night', label: 'By night' },
]
const text = question.parse({ ...commonFields, kind: 'text', maxLength: 5 })
const number = question.parse({ ...commonFields, kind: 'number', min: 1, max: 4 })
const choice = question.parse({ ...commonFields, kind: 'choice', options })
const several = question.parse({ ...commonFields, kind: 'multi-choice', options })
const date = question.parse({ ...commonFields, kind: 'date' })
const yesNo = question.parse({ ...commonFields, kind: 'yes-no' })

describe('a valid answer', () => {
  it.each([
    [text, 'five!'],
    [number, 1],
    [number, 4],
    [number, 2.5],
    [choice, 'day'],
    [several, ['day', 'night']],
    [date, '2028-02-29'],
    [yesNo, false],
  ])('is accepted for $kind: %j', (field, answer) => {
    expect(findAnswerFault(field, answer)).toBeUndefined()
  })
})

describe('an invalid answer', () => {
  it.each([
    [text, 'longer', 'must be text of at most 5 characters'],
    [text, 5, 'must be text of at most 5 characters'],
    [number, 0.9, 'must be a number from 1 up to 4'],
    [number, 4.1, 'must be a number from 1 up to 4'],
    [number, '3', 'must be a number from 1 up to 4'],
    [choice, 'noon', 'must be one of the options'],
    [choice, ['day'], 'must be one of the options'],
    [several, ['day', 'noon'], 'must be a list of the options'],
    [several, 'day', 'must be a list of the options'],
    [date, '2027-02-29', 'must be a date such as 2026-11-23'],
    [date, '11/23/2026', 'must be a date such as 2026-11-23'],
    [yesNo, 'yes', 'must be true or false'],
  ])('is explained for $kind: %j', (field, answer, fault) => {
    expect(findAnswerFault(field, answer)).toBe(fault)
  })
})

describe('no answer', () => {
  const all = [text, number, choice, several, date, yesNo]
  it.each(all)('is a fault for a required $kind', (field) => {
    expect(findAnswerFault(field, undefined)).toBe('was not answered')
  })

  it.each(all)('is accepted for an optional $kind', (field) => {
    expect(findAnswerFault({ ...field, required: false }, undefined)).toBeUndefined()
  })

  it.each([
    [text, ''],
    [text, '  '],
    [several, []],
  ])('is the same as an empty $kind', (field, answer) => {
    expect(findAnswerFault(field, answer)).toBe('was not answered')
    expect(findAnswerFault({ ...field, required: false }, answer)).toBeUndefined()
  })
})

describe('an invalid question', () => {
  it.each([
    ['one option', { ...commonFields, kind: 'choice', options: options.slice(0, 1) }],
    ['the same option twice', { ...commonFields, kind: 'choice', options: [options[0], options[0]] }],
    ['a least above the most', { ...commonFields, kind: 'number', min: 4, max: 1 }],
    ['an unknown kind', { ...commonFields, kind: 'riddle' }],
    ['an id with a dot', { ...commonFields, id: 'a.b', kind: 'text' }],
    ['an id that every object has', { ...commonFields, id: 'constructor', kind: 'text' }],
    ['a bad rule', { ...commonFields, kind: 'text', rules: { field: 'answers.given', op: 'is', value: 1 } }],
  ])('is rejected: %s', (_, bad) => {
    expect(question.safeParse(bad).success).toBe(false)
  })

  it('is rejected if its id is used twice', () => {
    const { id: _, ...fields } = aProgram({ questions: [text] })
    expect(program.safeParse(fields).success).toBe(true)
    expect(program.safeParse({ ...fields, questions: [text, number] }).success).toBe(false)
  })
})

it('accepts at most 50 answers, each with a valid question id', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`q${at}`, at]))
  expect(answers.safeParse(many(50)).success).toBe(true)
  expect(answers.safeParse(many(51)).success).toBe(false)
  expect(answers.safeParse({ 'not a name': 1 }).success).toBe(false)
  expect(answers.safeParse({ constructor: 1 }).success).toBe(false)
  expect(Object.keys(answers.parse(JSON.parse('{"__proto__": {"paid": true}}')))).toEqual([])
})
