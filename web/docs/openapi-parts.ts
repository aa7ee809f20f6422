import * as z from 'zod'

/** The parts of an OpenAPI document that the page shows. */
export type JsonSchema = {
  $ref?: string | undefined
  type?: string | undefined
  properties?: { [name: string]: JsonSchema } | undefined
  required?: string[] | undefined
  items?: JsonSchema | undefined
  additionalProperties?: boolean | JsonSchema | undefined
  anyOf?: JsonSchema[] | undefined
  oneOf?: JsonSchema[] | undefined
  enum?: unknown[] | undefined
  const?: unknown
  examples?: unknown[] | undefined
  description?: string | undefined
  format?: string | undefined
  pattern?: string | undefined
  minimum?: number | undefined
  maximum?: number | undefined
  minLength?: number | undefined
  maxLength?: number | undefined
  minItems?: number | undefined
  maxItems?: number | undefined
}

const nested: z.ZodType<JsonSchema> = z.lazy(() => jsonSchema)
const number = z.number().optional()
const text = z.string().optional()
const recordOf = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value)
const jsonSchema: z.ZodType<JsonSchema> = z.object({
  $ref: text,
  type: z
    .union([z.string(), z.array(z.string())])
    .transform((types) => [types].flat().join(' or '))
    .optional(),
  properties: recordOf(nested).optional(),
  required: z.array(z.string()).optional(),
  items: nested.optional(),
  additionalProperties: z.union([z.boolean(), nested]).optional(),
  anyOf: z.array(nested).optional(),
  oneOf: z.array(nested).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  description: text,
  format: text,
  pattern: text,
  minimum: number,
  maximum: number,
  minLength: number,
  maxLength: number,
  minItems: number,
  maxItems: number,
})

const content = recordOf(
  z.object({ schema: jsonSchema, example: z.unknown().optional(), examples: recordOf(z.unknown()).default({}) }),
).default({})
const header = z.object({ $ref: text, description: text })
const response = z.object({
  $ref: text,
  description: z.string().default(''),
  headers: recordOf(header).default({}),
  content,
})
const parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  description: text,
  schema: jsonSchema,
  example: z.unknown().optional(),
})
const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: text,
  tags: z.array(z.string()).default([]),
  security: z.array(recordOf(z.unknown())).default([]),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content }).optional(),
  responses: recordOf(response),
})
const securityScheme = z.object({ type: z.string(), name: text, description: z.string() })
const problemExample = z.object({ summary: z.string(), value: z.object({ status: z.int() }) })

export const openapiParts = z.object({
  info: z.object({ title: z.string(), version: z.string(), summary: z.string(), description: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: recordOf(recordOf(operation)),
  webhooks: recordOf(recordOf(operation)).default({}),
  components: z.object({
    schemas: recordOf(jsonSchema),
    headers: recordOf(header).default({}),
    responses: recordOf(response).default({}),
    examples: recordOf(problemExample).default({}),
    securitySchemes: recordOf(securityScheme).default({}),
  }),
})
export type Openapi = z.output<typeof openapiParts>
export type Components = Openapi['components']
export type DocumentedOperation = z.output<typeof operation> & { method: string; path: string }
export type DocumentedResponse = z.output<typeof response>

/** The value that a reference such as `#/components/headers/Link` points to; a value without reference stays as it is. */
export function resolveReference<Value extends { $ref?: string | undefined }>(
  value: Value,
  components: { readonly [name: string]: Value },
): Value {
  return (value.$ref && components[getReferenceName(value.$ref)]) || value
}

export function getReferenceName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}
