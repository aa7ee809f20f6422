import { expect, it } from 'vitest'
import { formatCode } from '#shared/domain/fields/format-code.ts'

it.each([
  ['classTime', 'Class time'],
  ['weekday-evenings', 'Weekday evenings'],
  ['health-record-technician', 'Health record technician'],
  ['gpa', 'GPA'],
  ['I like re-use', 'I like re-use'],
  ['2026-12-04', '2026-12-04'],
  ['', ''],
  ['Already Words', 'Already Words'],
])('shows the code %j as the words %j', (code, words) => {
  expect(formatCode(code)).toBe(words)
})
