import * as z from 'zod'
import type { ResponseShape } from './route.ts'

/** Returns how a body differs from the contract: a wrong, missing or undeclared field. Undefined if it matches. */
export function findContractViolation({ body: schema, contentType }: ResponseShape, body: unknown): string | undefined {
  if (!schema) return (body === undefined) === (contentType === undefined) ? undefined : 'it should have no body'
  const parsed = schema.safeParse(body)
  if (!parsed.success) return z.prettifyError(parsed.error)
  return findDifference(parsed.data, body, '')
}

// A parsed body differs from the received one if a field was defaulted or stripped.
function findDifference(expected: unknown, actual: unknown, pointer: string): string | undefined {
  if (!isObject(expected) || !isObject(actual))
    return Object.is(expected, actual) ? undefined : `${pointer || '/'} is not in its final form`
  for (const key of Object.keys(actual)) if (!(key in expected)) return `${pointer}/${key} is not in the contract`
  for (const [key, value] of Object.entries(expected)) {
    if (!(key in actual)) return `${pointer}/${key} was left out`
    const innerDifference = findDifference(value, actual[key], `${pointer}/${key}`)
    if (innerDifference) return innerDifference
  }
  return undefined
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null
}
