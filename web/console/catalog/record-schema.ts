import * as z from 'zod'
import { type RecordKind, records } from '#shared/contract/catalog/records.ts'

/** A part of a record's schema, and the name under which the contract knows it. */
export type Schema = z.core.JSONSchema.JSONSchema
export type Resolved = Schema & { named?: string }

/** What staff write of a kind of record, as the contract says it: forms are made from it, so that none lacks a field. */
export function schemaOf(kind: RecordKind): { root: Resolved; resolve: (schema: Schema) => Resolved } {
  const document = z.toJSONSchema(records[kind].put.body, { io: 'input' })
  const resolve = (schema: Schema): Resolved => {
    const { $ref, ...beside } = schema
    const named = $ref?.replace('#/$defs/', '')
    const found = named === undefined ? undefined : document.$defs?.[named]
    return named === undefined || !found ? schema : { ...resolve(found), ...beside, named }
  }
  return { root: resolve(document), resolve }
}

/** The parts of an object by name, in the order of the contract. */
export function partsOf(schema: Schema): [name: string, part: Schema][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
    typeof part === 'object' ? [[name, part] as [string, Schema]] : [],
  )
}

export function itemSchema({ items }: Schema): Schema {
  return typeof items === 'object' && !Array.isArray(items) ? items : {}
}

export function wordsOf({ enum: words }: Schema): readonly string[] | undefined {
  return words?.map(String)
}

/** The forms of a union that a `kind` tells apart. */
export function kindsOf({ oneOf }: Schema, resolve: (schema: Schema) => Resolved): Map<string, Resolved> {
  const forms = (oneOf ?? []).flatMap((one) => (typeof one === 'object' ? [resolve(one)] : []))
  return new Map(forms.flatMap((form) => constOf(form).map((kind) => [kind, form] as const)))
}

function constOf(form: Schema): string[] {
  const kind = form.properties?.kind
  return typeof kind === 'object' && typeof kind.const === 'string' ? [kind.const] : []
}
