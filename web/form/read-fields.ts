import type { Fault, FormField } from './form-field.ts'

/** What a form holds, by the names of its inputs. A name may come more than once. */
export type FormValues = { readonly [pointer: string]: readonly string[] }
type Json = string | number | boolean | readonly string[] | { [name: string]: Json }
export type RequestBody = { [name: string]: Json }

/** The part of a request that these fields make, and what is wrong with them. What was left empty is left out. */
export function readFields(fields: readonly FormField[], values: FormValues): { body: RequestBody; faults: Fault[] } {
  const body: RequestBody = {}
  const faults: Fault[] = []
  for (const { pointer, required, control } of fields) {
    const entries = getFormValues(values, pointer)
      .map((value) => value.trim())
      .filter((value) => value !== '')
    const [first] = entries
    if (first === undefined) {
      if (required) faults.push({ pointer, detail: 'is required' })
      continue
    }
    if (control.kind === 'number') {
      const detail = findNumberFault(Number(first), control)
      if (detail) faults.push({ pointer, detail })
    }
    setAtPointer(body, pointer, parseValue(control, entries, first))
  }
  return { body, faults }
}

/** The entries of a form, such as `FormData` or `URLSearchParams`, by name. */
export function collectFormValues(entries: Iterable<readonly [string, unknown]>): FormValues {
  const values = new Map<string, string[]>()
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), String(value)])
  return Object.fromEntries(values)
}

export function getFormValues(values: FormValues, name: string): readonly string[] {
  return Object.hasOwn(values, name) ? (values[name] ?? []) : []
}

function parseValue({ kind }: FormField['control'], entries: readonly string[], first: string): Json {
  switch (kind) {
    case 'number':
      return Number(first)
    case 'tick':
    case 'yes-no':
      return first === 'true'
    case 'checkboxes':
      return entries
    default:
      return first
  }
}

function findNumberFault(value: number, { min, max }: { min?: number | undefined; max?: number | undefined }) {
  if (value >= (min ?? value) && value <= (max ?? value)) return undefined
  return ['must be a number', min !== undefined && `from ${min}`, max !== undefined && `up to ${max}`]
    .filter(Boolean)
    .join(' ')
}

function setAtPointer(body: RequestBody, pointer: string, value: Json): void {
  const steps = pointer.split('/').slice(1)
  const last = steps.pop()
  let target = body
  for (const step of steps) {
    const inner = target[step]
    const next: RequestBody = inner && isRequestBody(inner) ? inner : {}
    target[step] = next
    target = next
  }
  if (last !== undefined) target[last] = value
}

function isRequestBody(json: Json): json is RequestBody {
  return typeof json === 'object' && !Array.isArray(json)
}
