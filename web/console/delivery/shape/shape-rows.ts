import { isObject, type Json, type JsonObject, toObject } from '../../catalog/fields/json.ts'

/** One name with its text, as a row of a form. The names of rows may repeat or be empty while they are edited. */
export type ShapeRow = { name: string; text: string }

/** Whether rows can show an object without losing anything of it: every member is text. */
export function isFlat(value: Json | undefined): boolean {
  return value === undefined || (isObject(value) && Object.values(value).every((member) => typeof member === 'string'))
}

/** Whether the fields of the form can show a request template without losing anything of it. */
export function isSimpleShape(shape: JsonObject): boolean {
  const { headers, fields, maps } = shape
  const hasSimpleHeaders = Object.values(toObject(headers)).every(
    (header) => typeof header === 'string' || typeof toObject(header).secret === 'string',
  )
  return isFlat(fields) && hasSimpleHeaders && Object.values(toObject(maps)).every(isFlat)
}

export function toRows(value: Json | undefined): ShapeRow[] {
  return Object.entries(toObject(value)).map(([name, text]) => ({ name, text: String(text) }))
}

/** The object of the rows. A later row with the same name replaces an earlier one. */
export function fromRows(rows: readonly ShapeRow[]): JsonObject {
  return Object.fromEntries(rows.map(({ name, text }) => [name, text]))
}

/** The templates for all values of a lead, such as `{{ contact.firstName }}`. @param lead a lead with every field */
export function listTemplates(lead: Json): string[] {
  return listPaths(lead, '').map((path) => `{{ ${path} }}`)
}

function listPaths(value: Json, path: string): string[] {
  if (!isObject(value)) return [path]
  return Object.entries(value).flatMap(([name, member]) => listPaths(member, path === '' ? name : `${path}.${name}`))
}
