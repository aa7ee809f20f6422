/**
 * Parses a JSON text. A whole number that JavaScript cannot hold becomes the text of its digits, because the IDs of ads and
 * clicks have up to 20. @throws SyntaxError if it is no JSON or has a `__proto__` outside of labels, RangeError if it is
 * nested too deep
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text, keepDigits)
  if (namesPrototype(value, labelFields)) throw new SyntaxError('A field has a name that is not allowed.')
  return value
}

/** The names of labels come from the addresses of pages. They are judged one by one, so that they refuse no lead. */
const labelFields: readonly string[] = ['utm', 'subIds']

function keepDigits(_name: string, value: unknown, { source = '' }: { source?: string } = {}): unknown {
  const hasLostDigits = typeof value === 'number' && !Number.isSafeInteger(value) && String(value) !== source
  return hasLostDigits && /^-?\d+$/.test(source) ? source : value
}

function namesPrototype(value: unknown, skippedFields: readonly string[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, inner]) => {
    if (skippedFields.includes(name)) return false
    return name === '__proto__' || (name === 'constructor' && hasPrototype(inner)) || namesPrototype(inner)
  })
}

function hasPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype')
}
