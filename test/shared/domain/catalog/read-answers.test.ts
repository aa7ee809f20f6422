import { describe, expect, it } from 'vitest'
import { type Question, question } from '#shared/domain/catalog/question.ts'
import { readAnswer, readAnswers } from '#shared/domain/catalog/read-answers.ts'

const options = [
  { value: 'day-classes', label: 'During the day' },
  { value: 'evening', label: 'In the evening' },
]
const create = (fields: object): Question => question.parse({ id: 'it', label: 'It?', ...fields })
const questions = {
  number: create({ kind: 'number' }),
  yesNo: create({ kind: 'yes-no' }),
  choice: create({ kind: 'choice', options }),
  many: create({ kind: 'multi-choice', options }),
  date: create({ kind: 'date' }),
  text: create({ kind: 'text' }),
}

describe('an answer is read as its question takes it', () => {
  it.each([
    ['number', '3.4', 3.4],
    ['number', ' 3,4 ', 3.4],
    ['number', ['3'], 3],
    ['number', 'three', 'three'],
    ['yesNo', 'Yes', true],
    ['yesNo', 'off', false],
    ['yesNo', 1, true],
    ['yesNo', 'maybe', 'maybe'],
    ['choice', 'Evening', 'evening'],
    ['choice', 'during the day', 'day-classes'],
    ['choice', 'DAY CLASSES', 'day-classes'],
    ['choice', ['evening'], 'evening'],
    ['choice', ['evening', 'day-classes'], ['evening', 'day-classes']],
    ['choice', 'at night', 'at night'],
    ['many', 'evening', ['evening']],
    ['many', ['In the evening', 'x'], ['evening', 'x']],
    ['date', '1/5/2026', '2026-01-05'],
    ['date', '2026-01-05', '2026-01-05'],
    ['text', 7, '7'],
  ] as const)('%s: %j becomes %j', (kind, answer, expected) => {
    const sent = typeof answer === 'object' ? [...answer] : answer
    expect(readAnswer(questions[kind], sent)).toEqual(expected)
    const [first] = [readAnswer(questions[kind], sent)]
    expect(readAnswer(questions[kind], first)).toEqual(first)
  })

  it('chooses no option if two could be meant', () => {
    const alike = create({ kind: 'choice', options: [...options, { value: 'night', label: 'In the evening' }] })
    expect(readAnswer(alike, 'in the evening')).toBe('in the evening')
  })

  it('and stays as it is if no program asks it', () => {
    expect(readAnswers({ it: '3', other: '4' }, [{ questions: [questions.number] }])).toEqual({ it: 3, other: '4' })
    expect(readAnswers(undefined, [])).toBeUndefined()
  })
})
