import { cleanLine, cutText } from './clean-text.ts'

export const maxLabels = 20
export const maxLabelLength = 200
/** Names of labels stand in rules and reports. */
export const labelNamePattern = /^[A-Za-z0-9_.-]{1,40}$/
export const notReserved = /^(?!constructor$|__proto__$)/

export function isLabelName(name: string): boolean {
  return labelNamePattern.test(name) && notReserved.test(name)
}

/** The value of a label on one line, cut to its limit. Undefined if it is no text, or nothing that can be seen. */
export function normalizeLabel(value: unknown): string | undefined {
  const first = findFirstValue(value)
  if (typeof first !== 'string' && typeof first !== 'number' && typeof first !== 'boolean') return undefined
  return cleanLine(cutText(cleanLine(String(first)), maxLabelLength)) || undefined
}

/** The first value of a field that a query string or a header names twice. */
export function findFirstValue(value: unknown): unknown {
  return Array.isArray(value) ? value.find((one) => one !== null && one !== '') : value
}

/** The text of a number that programs make of a phone number or a ZIP code; anything else as it is. */
export function toDigitText(value: string): string {
  const sent: unknown = value
  return Number.isSafeInteger(sent) ? String(sent) : value
}
