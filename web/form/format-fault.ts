import type { Fault, FormField } from './form-field.ts'

/** A fault as a visitor reads it beside its field. */
export function formatFault({ label }: Pick<FormField, 'label'>, { detail }: Fault): string {
  return /[?.]$/.test(label) ? `“${label}” ${detail}.` : `${label} ${detail}.`
}

/** The API's errors by the fields that are shown: an error within a field, as of one tick of many, is the field's. */
export function assignFaults(
  fields: readonly FormField[],
  errors: readonly Fault[],
): { faults: Fault[]; unassigned: Fault[] } {
  const faults: Fault[] = []
  const unassigned: Fault[] = []
  for (const error of errors) {
    const field = fields.find(({ pointer }) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))
    if (!field) unassigned.push(error)
    else if (!faults.some(({ pointer }) => pointer === field.pointer))
      faults.push({ pointer: field.pointer, detail: error.detail })
  }
  return { faults, unassigned }
}
