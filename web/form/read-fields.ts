import { parseNumberText } from '../../shared/domain/fields/number-text.ts'
import type { FieldFault, FormField } from './form-field.ts'
import { getOwn } from './get-own.ts'

/** Form values by input name. A name may occur more than once. */
export type FormValues = { readonly [pointer: string]: readonly string[] }
type Json = string | number | boolean | readonly string[] | { [name: string]: Json }
export type RequestBody = { [name: string]: Json }

/** Builds the request from the fields' values. Empty fields are left out; required ones are faults. */
export function readFields(
  fields: readonly FormField[],
  values: FormValues,
): { body: RequestBody; faults: FieldFault[] } {
  const body: RequestBody = {}
  const faults: FieldFault[] = []
  for (const { pointer, required, control, errors } of fields) {
    const entries = getFormValues(values, pointer)
      .map((value) => value.trim())
      .filter((value) => value !== '')
    const [first] = entries
    if (first === undefined) {
      if (required) faults.push({ pointer, message: errors.missing ?? errors.invalid })
      continue
    }
    if (!isPossible(first, control)) faults.push({ pointer, message: errors.invalid })
    setAtPointer(body, pointer, parseValue(control, entries, first))
  }
  return { body, faults }
}

/** Groups the entries of `FormData` or `URLSearchParams` by name. */
export function collectFormValues(entries: Iterable<readonly [string, unknown]>): FormValues {
  const values = new Map<string, string[]>()
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), String(value)])
  return Object.fromEntries(values)
}

export function getFormValues(values: FormValues, name: string): readonly string[] {
  return getOwn(values, name) ?? []
}

function parseValue({ kind }: FormField['control'], entries: readonly string[], first: string): Json {
  switch (kind) {
    case 'number':
      return parseNumberText(first) ?? first
    case 'checkbox':
    case 'yes-no':
      return first === 'true'
    case 'checkboxes':
      return entries
    default:
      return first
  }
}

/** Finds what no visitor can have meant, so that one round shows it with the fields that are empty. The API decides the rest. */
function isPossible(text: string, control: FormField['control']): boolean {
  if (control.kind === 'number') return isInRange(parseNumberText(text) ?? Number.NaN, control)
  if (control.kind !== 'text' || control.type === 'text') return true
  if (control.type === 'email') return /[^@＠][@＠][^@＠]/.test(text)
  // A number may be spelled as a word, after the three digits of its area code.
  const digits = text.replace(/\P{Nd}/gu, '').length
  return digits >= 3 && digits + text.replace(/\P{L}/gu, '').length >= 7
}

function isInRange(value: number, { min, max }: { min?: number | undefined; max?: number | undefined }): boolean {
  return value >= (min ?? value) && value <= (max ?? value)
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
