import { type Html, html, prose } from './html.ts'
import { type Components, followed, type JsonSchema, nameOf } from './openapi-parts.ts'
import { type Row, table } from './table.ts'

type Schemas = Components['schemas']

/** A schema as one flat table: objects within it follow as `contact.email` and `caps[].limit`, unions are linked to. */
export function schemaTable(schema: JsonSchema, schemas: Schemas): Html {
  const whole = followed(schema, schemas)
  const rows =
    whole.properties || variantsOf(whole) ? rowsOf(whole, '', schemas) : [row('(the body)', whole, true, schemas)]
  return table(['Field', 'Type', 'Meaning'], rows)
}

/** Named unions, which tables link to instead of showing them again and again. */
export function isUnion(schema: JsonSchema): boolean {
  return variantsOf(schema)?.some((variant) => variant.type !== undefined && variant.type !== 'object') === false
}

export function typeOf(schema: JsonSchema, schemas: Schemas): Html {
  const target = followed(schema, schemas)
  if (schema.$ref && isUnion(target)) {
    const name = nameOf(schema.$ref)
    return html`<a href="#schema-${name}">${name}</a>`
  }
  if (target.type === 'array') return html`list of ${target.items ? typeOf(target.items, schemas) : 'anything'}`
  if (target.type === 'object' && typeof target.additionalProperties === 'object')
    return html`map of ${typeOf(target.additionalProperties, schemas)}`
  const variants = variantsOf(target)
  if (variants)
    return html`${joined(
      variants.map((variant) => typeOf(variant, schemas)),
      ' or ',
    )}`
  return html`${target.type ?? 'anything'}`
}

/** Everything that is said of a value beside its type. */
export function meaningOf(schema: JsonSchema, schemas: Schemas): Html {
  const target = { ...followed(schema, schemas), ...(schema.description && { description: schema.description }) }
  const limits = limitsOf(
    target.type === 'array' && target.items ? { ...followed(target.items, schemas), ...target } : target,
  )
  return html`${joined([...(target.description ? [prose(target.description)] : []), ...limits], ' ')}`
}

function rowsOf(schema: JsonSchema, path: string, schemas: Schemas): Row[] {
  const variants = variantsOf(schema)
  if (variants)
    return variants.flatMap((variant, at) => [
      { heading: html`${at === 0 ? 'Either' : 'or'} ${variant.$ref && nameOf(variant.$ref)}` },
      ...rowsOf(followed(variant, schemas), path, schemas),
    ])
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const here = path ? `${path}.${name}` : name
    return [row(here, value, schema.required?.includes(name) ?? false, schemas), ...innerRows(value, here, schemas)]
  })
}

function innerRows(schema: JsonSchema, path: string, schemas: Schemas): Row[] {
  const target = followed(schema, schemas)
  if (schema.$ref && isUnion(target)) return []
  if (target.type === 'array' && target.items) return innerRows(target.items, `${path}[]`, schemas)
  return target.properties ? rowsOf(target, path, schemas) : []
}

function row(name: string, schema: JsonSchema, required: boolean, schemas: Schemas): Row {
  const named = html`<code>${name}</code>${required && html` <small>required</small>`}`
  return { cells: [named, typeOf(schema, schemas), meaningOf(schema, schemas)] }
}

function limitsOf(schema: JsonSchema): Html[] {
  const { enum: values, const: only, pattern, format, examples, default: usual } = schema
  const said: Html[] = []
  if (values) said.push(html`One of ${joined(values.map(coded), ', ')}.`)
  if (only !== undefined) said.push(html`Always ${coded(only)}.`)
  for (const [low, high, unit] of [
    [schema.minimum, schema.maximum, ''],
    [schema.minLength, schema.maxLength, ' characters'],
    [schema.minItems, schema.maxItems, ' items'],
  ] as const) {
    if (low !== undefined && high !== undefined) said.push(html`${low} to ${high}${unit}.`)
    else if (high !== undefined) said.push(html`At most ${high}${unit}.`)
    else if (low !== undefined) said.push(html`At least ${low}${unit}.`)
  }
  if (format) said.push(html`Format ${format}.`)
  // Longer ones keep unprintable characters out; openapi.json has them.
  else if (pattern && pattern.length < 50) said.push(html`Matches <code>${pattern}</code>.`)
  if (usual !== undefined) said.push(html`Default ${coded(usual)}.`)
  if (examples?.[0] !== undefined) said.push(html`Such as ${coded(examples[0])}.`)
  return said
}

function variantsOf(schema: JsonSchema): JsonSchema[] | undefined {
  return schema.anyOf ?? schema.oneOf
}

function coded(value: unknown): Html {
  return html`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`
}

function joined(parts: readonly Html[], between: string): Html[] {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [{ html: between }, part]))
}
