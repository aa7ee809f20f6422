import type * as z from 'zod'
import type { question } from '#shared/domain/catalog/question.ts'

/** What the sample schools ask before they take a visitor: one question of each kind, and a second of yes or no. */
export const questions = {
  gpa: {
    id: 'gpa',
    kind: 'number',
    label: 'What was your most recent grade point average?',
    help: 'On the scale from 0 to 4.0. Your best estimate will do.',
    min: 0,
    max: 4,
    rules: {
      field: 'answers.gpa',
      op: 'at-least',
      value: 3,
      reason: 'GPA',
      detail: 'This program asks for a grade point average of at least 3.0.',
    },
  },
  holdsBachelor: {
    id: 'holdsBachelor',
    kind: 'yes-no',
    label: 'Do you hold a bachelor’s degree, or will you before classes begin?',
    rules: {
      field: 'answers.holdsBachelor',
      op: 'equals',
      value: true,
      reason: 'QUESTION',
      detail: 'A master’s program builds on a bachelor’s degree.',
    },
  },
  classTime: {
    id: 'classTime',
    kind: 'choice',
    label: 'When could you come to class?',
    options: [
      { value: 'weekday-mornings', label: 'Weekday mornings' },
      { value: 'weekday-evenings', label: 'Weekday evenings' },
      { value: 'saturdays', label: 'Saturdays' },
    ],
  },
  hasCredits: {
    id: 'hasCredits',
    kind: 'yes-no',
    label: 'Do you have college credits that you would like to transfer?',
  },
  interests: {
    id: 'interests',
    kind: 'multi-choice',
    label: 'Which parts of the work appeal to you?',
    help: 'Tick as many as you like.',
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
    label: 'On which day would you like to visit the campus?',
    required: false,
  },
  motivation: {
    id: 'motivation',
    kind: 'text',
    label: 'What draws you to this program?',
    help: 'A sentence or two is plenty.',
    required: false,
    maxLength: 600,
  },
} as const satisfies { [id: string]: z.input<typeof question> }
