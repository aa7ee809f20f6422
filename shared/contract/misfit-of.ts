import * as z from 'zod'
import type { ResponseShape } from './route.ts'

/** How a body departs from what the contract promises: a wrong, missing or undeclared field; nothing where it fits. */
export function misfitOf({ body: schema, contentType }: ResponseShape, body: unknown): string | undefined {
  if (!schema) return (body === undefined) === (contentType === undefined) ? undefined : 'it should have no body'
  const parsed = schema.safeParse(body)
  if (!parsed.success) return z.prettifyError(parsed.error)
  return difference(parsed.data, body, '')
}

// A parsed body differs from the one that came where a field was left to its default or stripped as undeclared.
function difference(promised: unknown, came: unknown, pointer: string): string | undefined {
  if (!isObject(promised) || !isObject(came))
    return Object.is(promised, came) ? undefined : `${pointer || '/'} is not in its final form`
  for (const key of Object.keys(came)) if (!(key in promised)) return `${pointer}/${key} is not in the contract`
  for (const [key, value] of Object.entries(promised)) {
    if (!(key in came)) return `${pointer}/${key} was left out`
    const inner = difference(value, came[key], `${pointer}/${key}`)
    if (inner) return inner
  }
  return undefined
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null
}
