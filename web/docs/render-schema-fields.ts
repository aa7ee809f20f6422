import { element, type MarkupNode } from '../parts/element.ts'
import { docsLinks } from './docs-links.ts'
import { type Components, getReferenceName, type JsonSchema, resolveReference } from './openapi-parts.ts'
import { type FieldRow, renderFieldList } from './render-field-list.ts'
import { renderProse } from './render-prose.ts'

type Schemas = Components['schemas']

/** A schema as one flat list: inner objects become rows such as `contact.email` and `caps[].limit`, unions become links. */
export function renderSchemaFields(schema: JsonSchema, schemas: Schemas): MarkupNode {
  const resolved = resolveReference(schema, schemas)
  const rows =
    resolved.properties || getVariants(resolved)
      ? listRows(resolved, '', schemas)
      : [toRow('(the body)', resolved, true, schemas)]
  return renderFieldList(rows)
}

/** Whether a schema is a union of objects. Lists link to such a schema and do not repeat it. */
export function isUnion(schema: JsonSchema): boolean {
  return getVariants(schema)?.some((variant) => variant.type !== undefined && variant.type !== 'object') === false
}

export function renderType(schema: JsonSchema, schemas: Schemas, outer: readonly JsonSchema[] = []): MarkupNode {
  const target = resolveReference(schema, schemas)
  // A schema that contains itself, such as any JSON.
  if (outer.includes(target)) return 'anything'
  const within = [...outer, target]
  if (schema.$ref && isUnion(target)) {
    const name = getReferenceName(schema.$ref)
    return element('a', { href: docsLinks.schema(name) }, name)
  }
  if (target.type === 'array')
    return ['list of ', target.items ? renderType(target.items, schemas, within) : 'anything']
  if (target.type === 'object' && typeof target.additionalProperties === 'object')
    return ['map of ', renderType(target.additionalProperties, schemas, within)]
  const variants = getVariants(target)
  if (variants)
    return joinNodes(
      variants.map((variant) => renderType(variant, schemas, within)),
      ' or ',
    )
  return target.type ?? 'anything'
}

/** Description, limits and example of a value. */
export function renderMeaning(schema: JsonSchema, schemas: Schemas): MarkupNode {
  const target = {
    ...resolveReference(schema, schemas),
    ...(schema.description && { description: schema.description }),
  }
  const constraints = listConstraints(
    target.type === 'array' && target.items ? { ...resolveReference(target.items, schemas), ...target } : target,
  )
  return joinNodes([...(target.description ? [renderProse(target.description)] : []), ...constraints], ' ')
}

function listRows(schema: JsonSchema, path: string, schemas: Schemas): FieldRow[] {
  const variants = getVariants(schema)
  if (variants)
    return variants.flatMap((variant, index) => [
      { heading: `${index === 0 ? 'Either' : 'or'} ${variant.$ref ? getReferenceName(variant.$ref) : ''}` },
      ...listRows(resolveReference(variant, schemas), path, schemas),
    ])
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const fieldPath = path ? `${path}.${name}` : name
    return [
      toRow(fieldPath, value, schema.required?.includes(name) ?? false, schemas),
      ...listInnerRows(value, fieldPath, schemas),
    ]
  })
}

function listInnerRows(schema: JsonSchema, path: string, schemas: Schemas): FieldRow[] {
  const target = resolveReference(schema, schemas)
  if (schema.$ref && isUnion(target)) return []
  if (target.type === 'array' && target.items) return listInnerRows(target.items, `${path}[]`, schemas)
  return target.properties ? listRows(target, path, schemas) : []
}

function toRow(name: string, schema: JsonSchema, isRequired: boolean, schemas: Schemas): FieldRow {
  const nameCell = [element('code', {}, name), isRequired && [' ', element('small', {}, 'required')]]
  return { cells: [nameCell, renderType(schema, schemas), ...present(renderMeaning(schema, schemas))] }
}

function listConstraints(schema: JsonSchema): MarkupNode[] {
  const { enum: values, const: constant, pattern, format, examples } = schema
  const constraints: MarkupNode[] = []
  if (values) constraints.push(['One of ', joinNodes(values.map(renderValue), ', '), '.'])
  if (constant !== undefined) constraints.push(['Always ', renderValue(constant), '.'])
  for (const [low, high, unit] of [
    [schema.minimum, schema.maximum, ''],
    [schema.minLength, schema.maxLength, ' characters'],
    [schema.minItems, schema.maxItems, ' items'],
  ] as const) {
    if (low !== undefined && high !== undefined) constraints.push(`${low} to ${high}${unit}.`)
    else if (high !== undefined) constraints.push(`At most ${high}${unit}.`)
    else if (low !== undefined) constraints.push(`At least ${low}${unit}.`)
  }
  if (format) constraints.push(`Format ${format}.`)
  else if (pattern) constraints.push(['Matches ', element('code', {}, pattern), '.'])
  if (examples?.[0] !== undefined) constraints.push(['Example: ', renderValue(examples[0]), '.'])
  return constraints
}

function getVariants(schema: JsonSchema): JsonSchema[] | undefined {
  return schema.anyOf ?? schema.oneOf
}

function renderValue(value: unknown): MarkupNode {
  return element('code', {}, typeof value === 'string' ? value : JSON.stringify(value))
}

function joinNodes(nodes: readonly MarkupNode[], separator: string): MarkupNode {
  return nodes.flatMap((node, index) => (index === 0 ? [node] : [separator, node]))
}

/** A value that says nothing has no cell. */
export function present(node: MarkupNode): MarkupNode[] {
  return Array.isArray(node) && node.length === 0 ? [] : [node]
}
