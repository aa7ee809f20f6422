type Node = { [key: string]: unknown }

/**
 * Changes a document in place to what clients in other languages read alike, without allowing less: one spelling of
 * patterns, a format without its pattern, defaults in words, because type generators read `default` as "required".
 */
export function makePortable(document: object): void {
  const { components } = toNode(document)
  visit(document)
  unrollLists(toNode(toNode(components).schemas))
}

function visit(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const node: Node = toNode(value)
  if ('$ref' in node) for (const leftover of leftovers) delete node[leftover]
  if (typeof node.format === 'string') delete node.pattern
  if (typeof node.pattern === 'string') node.pattern = toPortablePattern(node.pattern)
  if (JSON.stringify(node.propertyNames) === '{"type":"string"}') delete node.propertyNames
  if (typeof node.in === 'string') describeDefault(toNode(node.schema), true)
  const required = Array.isArray(node.required) ? node.required : []
  for (const [name, property] of Object.entries(toNode(node.properties)))
    describeDefault(toNode(property), !required.includes(name))
  for (const [key, inner] of Object.entries(node)) if (key !== 'example' && key !== 'examples') visit(inner)
}

// zod-openapi leaves what a schema says itself beside a reference to it.
const leftovers = ['param', 'example', 'pattern', 'additionalProperties']

function describeDefault(schema: Node, isOptional: boolean): void {
  if (schema.default === undefined) return
  const meaning = `If absent: \`${JSON.stringify(schema.default)}\`.`
  if (isOptional) schema.description = [schema.description, meaning].filter(Boolean).join(' ')
  delete schema.default
}

/**
 * Returns an expression that means the same in JavaScript, with and without the flag `u`, in Python, and, but for `^` and
 * `$`, in RFC 9485. @throws if there is none
 */
export function toPortablePattern(pattern: string): string {
  const portable = pattern
    .replaceAll('(?:', '(')
    .replaceAll('\\/', '/')
    .replaceAll(/\[[^\]]*\]|\\d/g, spellDigits)
  if (portablePattern.test(portable)) return portable
  throw new Error(`Other languages cannot read the pattern ${pattern}: use \`matches\` of shared/domain/vocabulary.ts.`)
}

function spellDigits(part: string): string {
  return part === '\\d' ? '[0-9]' : part.replaceAll('\\d', '0-9')
}

const character = String.raw`[A-Za-z0-9 !"#%&',/:;<=>@_\x60~-]|\\[()*+.?[\]{|}\\]`
const characterClass = String.raw`\[\^?(?:[A-Za-z0-9 !"#$%&'()*+,./:;<=>?@_{|}~-]|\\[[\]\\^-])+\]`
const quantifier = String.raw`[*+?]|\{\d{1,3}(?:,\d{0,3})?\}`
const portablePattern = new RegExp(String.raw`^\^(?:(?:${character}|${characterClass}|[()|])(?:${quantifier})?)*\$?$`)

// Type generators cannot follow a list that may contain itself: an inner list may hold anything instead.
function unrollLists(schemas: Node): void {
  for (const [name, value] of Object.entries(schemas)) {
    const schema = toNode(value)
    const { anyOf } = toNode(schemas[getReferenceName(schema.items)])
    if (schema.type === 'array' && Array.isArray(anyOf))
      schema.items = {
        anyOf: anyOf.map((variant) => (getReferenceName(variant) === name ? { type: 'array', items: {} } : variant)),
      }
  }
}

function getReferenceName(schema: unknown): string {
  return String(toNode(schema).$ref ?? '').replace('#/components/schemas/', '')
}

function toNode(value: unknown): Node {
  const isNode = (candidate: unknown): candidate is Node => typeof candidate === 'object' && candidate !== null
  return isNode(value) ? value : {}
}
