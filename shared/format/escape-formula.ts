/**
 * Puts an apostrophe before a value that a spreadsheet would run as a formula. A phone number in E.164 keeps its plus
 * without one, because dialers read it and a plus with digits alone is only a number.
 */
export function escapeFormula(value: string): string {
  return formulaStart.test(value) && !phoneNumber.test(value) ? `'${value}` : value
}

// The full-width forms are formulas in some spreadsheets, too.
const formulaStart = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u
const phoneNumber = /^\+[0-9]{7,15}$/
