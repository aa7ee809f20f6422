import { readFileSync } from 'node:fs'
import * as z from 'zod'

/** An example of openapi.json with the schema that it must fit. `operationId` is empty for an example of a component. */
export type ContractExample = {
  operationId: string
  part: 'body' | 'path' | 'query' | 'header' | 'response' | 'component'
  name: string
  mediaType: string
  schema: { [keyword: string]: unknown }
  value: unknown
}

const anyObject = z.looseObject({})
const media = z.record(z.string(), z.looseObject({ schema: anyObject, example: z.unknown().optional() }))
const response = z.looseObject({ content: media.optional() })
const parameter = z.looseObject({
  in: z.enum(['path', 'query', 'header']),
  name: z.string(),
  schema: anyObject,
  example: z.unknown().optional(),
})
const operation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(parameter).default([]),
  requestBody: z.looseObject({ content: media }).optional(),
  responses: z.record(z.string(), response),
})
const paths = z.record(z.string(), z.record(z.string(), operation))
const document = z.looseObject({
  paths,
  webhooks: paths,
  components: z.looseObject({
    schemas: z.record(z.string(), z.looseObject({ examples: z.array(z.unknown()).default([]) })),
    examples: z.record(z.string(), z.looseObject({ value: z.unknown() })),
  }),
})

/** The committed document, as other people's programs read it. */
export const openapi = document.parse(JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')))

export function listExamples(): ContractExample[] {
  const { paths, webhooks, components } = openapi
  const operations = [...Object.values(paths), ...Object.values(webhooks)].flatMap((methods) => Object.values(methods))
  const ofSchemas = Object.entries(components.schemas).flatMap(([name, { examples }]) =>
    examples.map((value) => toComponentExample(name, value)),
  )
  const ofProblems = Object.values(components.examples).map(({ value }) => toComponentExample('Problem', value))
  return [...operations.flatMap(listOperationExamples), ...ofSchemas, ...ofProblems]
}

function listOperationExamples({ operationId, parameters, requestBody, responses }: z.output<typeof operation>) {
  const ofParameters = parameters.map(({ in: part, name, schema, example }) => ({
    part,
    name,
    mediaType: '',
    schema,
    example,
  }))
  const ofBody = Object.entries(requestBody?.content ?? {}).map(([mediaType, one]) => ({
    part: 'body' as const,
    name: '',
    mediaType,
    ...one,
  }))
  const ofResponses = Object.entries(responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content).map(([mediaType, one]) => ({ part: 'response' as const, name: status, mediaType, ...one })),
  )
  return [...ofParameters, ...ofBody, ...ofResponses].flatMap(({ example, ...described }): ContractExample[] =>
    example === undefined ? [] : [{ operationId, ...described, value: fillDigest(example) }],
  )
}

function toComponentExample(name: string, value: unknown): ContractExample {
  return {
    operationId: '',
    part: 'component',
    name,
    mediaType: '',
    schema: { $ref: `#/components/schemas/${name}` },
    value,
  }
}

// An example says in parentheses what comes from an earlier response.
function fillDigest(example: unknown): unknown {
  return JSON.parse(JSON.stringify(example).replace(/"\([^"]*\)"/g, `"${'0'.repeat(64)}"`))
}
