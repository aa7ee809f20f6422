import type { Fault, Field } from './field.ts'

/** What a form holds, by the names of its inputs. A name may come more than once. */
export type Values = { readonly [pointer: string]: readonly string[] }
type Json = string | number | boolean | readonly string[] | { [name: string]: Json }
export type Body = { [name: string]: Json }

/** The part of a request that these fields make, and what is wrong with them. What was left empty is left out. */
export function readFields(fields: readonly Field[], values: Values): { body: Body; faults: Fault[] } {
  const body: Body = {}
  const faults: Fault[] = []
  for (const { pointer, required, control } of fields) {
    const given = valuesAt(values, pointer)
      .map((value) => value.trim())
      .filter((value) => value !== '')
    const [first] = given
    if (first === undefined) {
      if (required) faults.push({ pointer, detail: 'is required' })
      continue
    }
    if (control.kind === 'number') {
      const detail = faultOfNumber(Number(first), control)
      if (detail) faults.push({ pointer, detail })
    }
    place(body, pointer, typed(control, given, first))
  }
  return { body, faults }
}

/** The entries of a form, such as `FormData` or `URLSearchParams`, by name. */
export function valuesOf(entries: Iterable<readonly [string, unknown]>): Values {
  const values = new Map<string, string[]>()
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), String(value)])
  return Object.fromEntries(values)
}

export function valuesAt(values: Values, name: string): readonly string[] {
  return Object.hasOwn(values, name) ? (values[name] ?? []) : []
}

function typed({ kind }: Field['control'], given: readonly string[], first: string): Json {
  switch (kind) {
    case 'number':
      return Number(first)
    case 'tick':
    case 'yes-no':
      return first === 'true'
    case 'checkboxes':
      return given
    default:
      return first
  }
}

function faultOfNumber(given: number, { min, max }: { min?: number | undefined; max?: number | undefined }) {
  if (given >= (min ?? given) && given <= (max ?? given)) return undefined
  return ['must be a number', min !== undefined && `from ${min}`, max !== undefined && `up to ${max}`]
    .filter(Boolean)
    .join(' ')
}

function place(body: Body, pointer: string, value: Json): void {
  const steps = pointer.split('/').slice(1)
  const last = steps.pop()
  let at = body
  for (const step of steps) {
    const inner = at[step]
    const next: Body = inner && isBody(inner) ? inner : {}
    at[step] = next
    at = next
  }
  if (last !== undefined) at[last] = value
}

function isBody(json: Json): json is Body {
  return typeof json === 'object' && !Array.isArray(json)
}
