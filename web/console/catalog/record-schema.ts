import * as z from 'zod'
import { type RecordKind, records } from '#shared/contract/catalog/records.ts'

/** A part of a record's schema. `definitionName`: its name in the contract, if it has one. */
export type FormSchema = z.core.JSONSchema.JSONSchema
export type ResolvedSchema = FormSchema & { definitionName?: string }

export type RecordSchema = { root: ResolvedSchema; resolve: (schema: FormSchema) => ResolvedSchema }

/** The schema of what staff edit, from the contract. Forms are made from it, so that no field is missing. */
export function getRecordSchema(kind: RecordKind): RecordSchema {
  const document = z.toJSONSchema(records[kind].put.body, { io: 'input' })
  const resolve = (schema: FormSchema): ResolvedSchema => {
    const { $ref, ...siblings } = schema
    const definitionName = $ref?.replace('#/$defs/', '')
    const definition = definitionName === undefined ? undefined : document.$defs?.[definitionName]
    return definitionName === undefined || !definition
      ? schema
      : { ...resolve(definition), ...siblings, definitionName }
  }
  return { root: resolve(document), resolve }
}

/** The properties of an object that may be written, in the order of the contract. */
export function listProperties(schema: FormSchema): [name: string, part: FormSchema][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    typeof property === 'object' && !property.readOnly ? [[name, property] as [string, FormSchema]] : [],
  )
}

export function itemSchema({ items }: FormSchema): FormSchema {
  return typeof items === 'object' && !Array.isArray(items) ? items : {}
}

export function getEnumValues({ enum: values }: FormSchema): readonly string[] | undefined {
  return values?.map(String)
}

/** The variants of a union, by their `kind`. */
export function getVariantsByKind(
  { oneOf }: FormSchema,
  resolve: (schema: FormSchema) => ResolvedSchema,
): Map<string, ResolvedSchema> {
  const variants = (oneOf ?? []).flatMap((option) => (typeof option === 'object' ? [resolve(option)] : []))
  return new Map(variants.flatMap((variant) => getKindConstants(variant).map((kind) => [kind, variant] as const)))
}

function getKindConstants(variant: FormSchema): string[] {
  const kind = variant.properties?.kind
  return typeof kind === 'object' && typeof kind.const === 'string' ? [kind.const] : []
}
