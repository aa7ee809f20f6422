import * as fc from 'fast-check'

/** The part of JSON Schema 2020-12 that `openapi.json` uses. */
export type FuzzSchema = {
  $ref?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: FuzzSchema[]
  oneOf?: FuzzSchema[]
  allOf?: FuzzSchema[]
  type?: string
  properties?: { [name: string]: FuzzSchema }
  required?: string[]
  additionalProperties?: FuzzSchema | boolean
  propertyNames?: FuzzSchema
  items?: FuzzSchema
  minItems?: number
  maxItems?: number
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
}
type Resolve = (reference: string) => FuzzSchema
type Depth = { resolve: Resolve; levelsLeft: number; knownIds: readonly string[] }

const deepest = 5

/**
 * Values that fit a schema. A text is often one of the existing IDs, so that requests get further than 404.
 */
export function createArbitrary(
  schema: FuzzSchema,
  resolve: Resolve,
  knownIds: readonly string[],
): fc.Arbitrary<unknown> {
  return toArbitrary(schema, { resolve, levelsLeft: deepest, knownIds })
}

function toArbitrary(schema: FuzzSchema, depth: Depth): fc.Arbitrary<unknown> {
  if (depth.levelsLeft < -deepest) return fc.constant(null)
  if (schema.$ref !== undefined)
    return toArbitrary(depth.resolve(schema.$ref), { ...depth, levelsLeft: depth.levelsLeft - 1 })
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return chooseVariant(choices, depth)
  if (schema.allOf)
    return fc.tuple(...schema.allOf.map((part) => toArbitrary(part, depth))).map((parts) => Object.assign({}, ...parts))
  if (schema.type === undefined) return fc.jsonValue({ maxDepth: 2 })
  return byType[schema.type]?.(schema, depth) ?? fc.constant(null)
}

/** Ends recursion: at the maximum depth only choices without a reference are used. */
function chooseVariant(choices: readonly FuzzSchema[], depth: Depth): fc.Arbitrary<unknown> {
  const plain = choices.filter(
    ({ $ref, ...choice }) => !JSON.stringify($ref === undefined ? choice : depth.resolve($ref)).includes('$ref'),
  )
  const open = depth.levelsLeft > 0 || plain.length === 0 ? choices : plain
  return fc.oneof(...open.map((choice) => toArbitrary(choice, { ...depth, levelsLeft: depth.levelsLeft - 1 })))
}

const byType: { [type: string]: (schema: FuzzSchema, depth: Depth) => fc.Arbitrary<unknown> } = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum = -1000, maximum = 1_000_000, exclusiveMinimum }) =>
    fc.integer({ min: exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1, max: maximum }),
  number: ({ minimum = -1e9, maximum = 1e9 }) => fc.double({ min: minimum, max: maximum, noNaN: true }),
  string: text,
  array: ({ items = {}, minItems = 0, maxItems = 4 }, depth) =>
    fc.array(toArbitrary(items, { ...depth, levelsLeft: depth.levelsLeft - 1 }), {
      minLength: minItems,
      maxLength: depth.levelsLeft > 0 ? Math.max(minItems, Math.min(maxItems, 4)) : minItems,
    }),
  object: (schema, depth) => {
    const { properties = {}, required = [], additionalProperties, propertyNames } = schema
    const inner = { ...depth, left: depth.levelsLeft - 1 }
    const listedFields = fc.record(
      Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, toArbitrary(one, inner)])),
      { requiredKeys: required },
    )
    if (typeof additionalProperties !== 'object') return listedFields
    const names = propertyNames
      ? toArbitrary(propertyNames, inner).map(String)
      : fc.string({ minLength: 1, maxLength: 8 })
    return fc
      .tuple(listedFields, fc.dictionary(names, toArbitrary(additionalProperties, inner), { maxKeys: 3 }))
      .map(([some, more]) => ({ ...more, ...some }))
  },
}

function text(
  { pattern, format, minLength = 0, maxLength = 60 }: FuzzSchema,
  { knownIds }: Depth,
): fc.Arbitrary<string> {
  const fits = (one: string) =>
    one.length >= minLength && one.length <= maxLength && (pattern === undefined || new RegExp(pattern, 'u').test(one))
  const fittingIds = knownIds.filter(fits)
  const free = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(Math.max(maxLength, minLength), 60) })
  const generated =
    formats[format ?? ''] ??
    (pattern && !unsupportedPattern.test(pattern) ? fc.stringMatching(new RegExp(pattern, 'u')) : free)
  // If no fitting text can be generated, a plain word is used, because searching could take forever.
  const any = generated.map((one) => (fits(one) ? one : 'Example'))
  return fittingIds.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...fittingIds) }, any) : any
}

/** Texts cannot be generated from patterns with lookahead or Unicode classes. */
const unsupportedPattern = /\(\?[!=]|\\p\{/

const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
const formats: { [format: string]: fc.Arbitrary<string> } = {
  'date-time': instant.map((date) => date.toISOString()),
  date: instant.map((date) => date.toISOString().slice(0, 10)),
  email: fc.emailAddress(),
  uri: fc.webUrl(),
}
