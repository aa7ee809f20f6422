/** A record while it is edited: JSON that may be incomplete. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [name: string]: Json }

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function toObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

export function toArray(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

export function toText(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** Returns a copy with one member changed, or removed if the value is undefined. */
export function withMember(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const { [name]: _, ...others } = object
  return value === undefined ? others : { ...object, [name]: value }
}

/** Returns a copy with one item changed, or removed if the value is undefined. */
export function withItem(items: readonly Json[], index: number, value: Json | undefined): readonly Json[] {
  return value === undefined ? items.toSpliced(index, 1) : items.toSpliced(index, 1, value)
}
