import { type Html, html, prose } from './html.ts'
import { type Components, getReferenceName, type JsonSchema, resolveReference } from './openapi-parts.ts'
import { type DocsTableRow, table } from './table.ts'

type Schemas = Components['schemas']

/** A schema as one flat table: objects within it follow as `contact.email` and `caps[].limit`, unions are linked to. */
export function schemaTable(schema: JsonSchema, schemas: Schemas): Html {
  const resolved = resolveReference(schema, schemas)
  const rows =
    resolved.properties || getVariants(resolved)
      ? listRows(resolved, '', schemas)
      : [row('(the body)', resolved, true, schemas)]
  return table(['Field', 'Type', 'Meaning'], rows)
}

/** Named unions, which tables link to instead of showing them again and again. */
export function isUnion(schema: JsonSchema): boolean {
  return getVariants(schema)?.some((variant) => variant.type !== undefined && variant.type !== 'object') === false
}

export function renderType(schema: JsonSchema, schemas: Schemas): Html {
  const target = resolveReference(schema, schemas)
  if (schema.$ref && isUnion(target)) {
    const name = getReferenceName(schema.$ref)
    return html`<a href="#schema-${name}">${name}</a>`
  }
  if (target.type === 'array') return html`list of ${target.items ? renderType(target.items, schemas) : 'anything'}`
  if (target.type === 'object' && typeof target.additionalProperties === 'object')
    return html`map of ${renderType(target.additionalProperties, schemas)}`
  const variants = getVariants(target)
  if (variants)
    return html`${join(
      variants.map((variant) => renderType(variant, schemas)),
      ' or ',
    )}`
  return html`${target.type ?? 'anything'}`
}

/** Everything that is said of a value beside its type. */
export function renderMeaning(schema: JsonSchema, schemas: Schemas): Html {
  const target = {
    ...resolveReference(schema, schemas),
    ...(schema.description && { description: schema.description }),
  }
  const limits = listConstraints(
    target.type === 'array' && target.items ? { ...resolveReference(target.items, schemas), ...target } : target,
  )
  return html`${join([...(target.description ? [prose(target.description)] : []), ...limits], ' ')}`
}

function listRows(schema: JsonSchema, path: string, schemas: Schemas): DocsTableRow[] {
  const variants = getVariants(schema)
  if (variants)
    return variants.flatMap((variant, index) => [
      { heading: html`${index === 0 ? 'Either' : 'or'} ${variant.$ref && getReferenceName(variant.$ref)}` },
      ...listRows(resolveReference(variant, schemas), path, schemas),
    ])
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const fieldPath = path ? `${path}.${name}` : name
    return [
      row(fieldPath, value, schema.required?.includes(name) ?? false, schemas),
      ...innerRows(value, fieldPath, schemas),
    ]
  })
}

function innerRows(schema: JsonSchema, path: string, schemas: Schemas): DocsTableRow[] {
  const target = resolveReference(schema, schemas)
  if (schema.$ref && isUnion(target)) return []
  if (target.type === 'array' && target.items) return innerRows(target.items, `${path}[]`, schemas)
  return target.properties ? listRows(target, path, schemas) : []
}

function row(name: string, schema: JsonSchema, required: boolean, schemas: Schemas): DocsTableRow {
  const nameCell = html`<code>${name}</code>${required && html` <small>required</small>`}`
  return { cells: [nameCell, renderType(schema, schemas), renderMeaning(schema, schemas)] }
}

function listConstraints(schema: JsonSchema): Html[] {
  const { enum: values, const: only, pattern, format, examples, default: defaultValue } = schema
  const constraints: Html[] = []
  if (values) constraints.push(html`One of ${join(values.map(toCode), ', ')}.`)
  if (only !== undefined) constraints.push(html`Always ${toCode(only)}.`)
  for (const [low, high, unit] of [
    [schema.minimum, schema.maximum, ''],
    [schema.minLength, schema.maxLength, ' characters'],
    [schema.minItems, schema.maxItems, ' items'],
  ] as const) {
    if (low !== undefined && high !== undefined) constraints.push(html`${low} to ${high}${unit}.`)
    else if (high !== undefined) constraints.push(html`At most ${high}${unit}.`)
    else if (low !== undefined) constraints.push(html`At least ${low}${unit}.`)
  }
  if (format) constraints.push(html`Format ${format}.`)
  // Longer ones keep unprintable characters out; openapi.json has them.
  else if (pattern && pattern.length < 50) constraints.push(html`Matches <code>${pattern}</code>.`)
  if (defaultValue !== undefined) constraints.push(html`Default ${toCode(defaultValue)}.`)
  if (examples?.[0] !== undefined) constraints.push(html`Such as ${toCode(examples[0])}.`)
  return constraints
}

function getVariants(schema: JsonSchema): JsonSchema[] | undefined {
  return schema.anyOf ?? schema.oneOf
}

function toCode(value: unknown): Html {
  return html`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`
}

function join(parts: readonly Html[], separator: string): Html[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [{ html: separator }, part]))
}
