import type * as z from 'zod'
import type { question } from '#shared/domain/catalog/question.ts'

/** Questions of the sample schools: one of each kind, and a second yes-or-no question. */
export const questions = {
  gpa: {
    id: 'gpa',
    kind: 'number',
    label: 'What was your most recent grade point average?',
    help: 'On a scale of 0 to 4.0. Your best estimate is fine.',
    min: 0,
    max: 4,
    rules: {
      field: 'answers.gpa',
      op: 'at-least',
      value: 3,
      reason: 'GPA',
      detail: 'This program requires a grade point average of at least 3.0.',
    },
  },
  holdsBachelor: {
    id: 'holdsBachelor',
    kind: 'yes-no',
    label: 'Do you have a bachelor’s degree, or will you have one before classes start?',
    rules: {
      field: 'answers.holdsBachelor',
      op: 'equals',
      value: true,
      reason: 'QUESTION',
      detail: 'A master’s program requires a bachelor’s degree.',
    },
  },
  classTime: {
    id: 'classTime',
    kind: 'choice',
    label: 'When can you come to class?',
    options: [
      { value: 'weekday-mornings', label: 'Weekday mornings' },
      { value: 'weekday-evenings', label: 'Weekday evenings' },
      { value: 'saturdays', label: 'Saturdays' },
    ],
  },
  hasCredits: {
    id: 'hasCredits',
    kind: 'yes-no',
    label: 'Do you have college credits you would like to transfer?',
  },
  interests: {
    id: 'interests',
    kind: 'multi-choice',
    label: 'Which parts of the work interest you?',
    help: 'Check all that apply.',
    required: false,
    options: [
      { value: 'case-finding', label: 'Finding and following cases' },
      { value: 'coding', label: 'Coding diagnoses and treatments' },
      { value: 'research', label: 'Supporting research' },
      { value: 'privacy', label: 'Keeping records private' },
    ],
  },
  visitOn: {
    id: 'visitOn',
    kind: 'date',
    label: 'What day would you like to visit the campus?',
    required: false,
  },
  motivation: {
    id: 'motivation',
    kind: 'text',
    label: 'Why are you interested in this program?',
    help: 'A sentence or two is fine.',
    required: false,
    maxLength: 600,
  },
} as const satisfies { [id: string]: z.input<typeof question> }
