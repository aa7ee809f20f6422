/** What the page reads of an OpenAPI schema. */
type Schema = {
  $ref?: string
  type?: string | readonly string[]
  enum?: readonly unknown[]
  description?: string
  properties?: { [name: string]: Schema }
  required?: readonly string[]
  items?: Schema
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
}
export type OpenapiDocument = { components?: { schemas?: { [name: string]: Schema } } }
export type PostedField = { name: string; type: string; isRequired: boolean; description: string }

const maxDepth = 3

/** Returns the fields of a schema of the document, those of nested objects as `contact.email`. */
export function listFields(document: OpenapiDocument, schemaName: string): PostedField[] {
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.split('/').at(-1)
    const target = name === undefined ? undefined : document.components?.schemas?.[name]
    return target ? { ...resolve(target), ...(schema.description && { description: schema.description }) } : schema
  }
  const list = (schema: Schema, prefix: string, depth: number): PostedField[] =>
    Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
      const field = resolve(property)
      const name = `${prefix}${key}`
      const isRequired = schema.required?.includes(key) ?? false
      const own = { name, type: formatType(field, resolve), isRequired, description: field.description ?? '' }
      return [own, ...(depth < maxDepth ? list(field, `${name}.`, depth + 1) : [])]
    })
  return list(resolve({ $ref: `#/${schemaName}` }), '', 1)
}

function formatType(schema: Schema, resolve: (schema: Schema) => Schema): string {
  if (schema.enum) return schema.enum.map(String).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map((one) => formatType(resolve(one), resolve)))].join(' | ')
  if (schema.type === 'array') return `array of ${schema.items ? formatType(resolve(schema.items), resolve) : 'any'}`
  return typeof schema.type === 'string' ? schema.type : (schema.type?.join(' | ') ?? 'any')
}
