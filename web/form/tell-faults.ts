import type { Fault, Field } from './field.ts'

/** A fault as a visitor reads it beside its field. */
export function tellFault({ label }: Pick<Field, 'label'>, { detail }: Fault): string {
  return /[?.]$/.test(label) ? `“${label}” ${detail}.` : `${label} ${detail}.`
}

/** The API's errors by the fields that are shown: an error within a field, as of one tick of many, is the field's. */
export function faultsOf(fields: readonly Field[], errors: readonly Fault[]): { faults: Fault[]; elsewhere: Fault[] } {
  const faults: Fault[] = []
  const elsewhere: Fault[] = []
  for (const error of errors) {
    const field = fields.find(({ pointer }) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))
    if (!field) elsewhere.push(error)
    else if (!faults.some(({ pointer }) => pointer === field.pointer))
      faults.push({ pointer: field.pointer, detail: error.detail })
  }
  return { faults, elsewhere }
}
