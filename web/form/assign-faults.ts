import type { ApiFieldError, FieldFault, FormField } from './form-field.ts'
import { getOwn } from './get-own.ts'

/**
 * Assigns the API's errors to the fields that are shown, one sentence per field. An error inside a field, such as one
 * checkbox of many, belongs to the field; `unassigned` holds errors of fields that are not shown.
 */
export function assignFaults(
  fields: readonly FormField[],
  errors: readonly ApiFieldError[],
): { faults: FieldFault[]; unassigned: ApiFieldError[] } {
  const faults: FieldFault[] = []
  const unassigned: ApiFieldError[] = []
  for (const error of errors) {
    const field = fields.find(({ pointer }) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))
    if (!field) unassigned.push(error)
    else if (!faults.some(({ pointer }) => pointer === field.pointer))
      faults.push({ pointer: field.pointer, message: getErrorText(field, error.code) })
  }
  return { faults, unassigned }
}

function getErrorText({ errors }: FormField, code: string): string {
  return getOwn(errors, code) ?? errors.invalid
}
