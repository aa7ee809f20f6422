import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import * as z from 'zod'
import { createArbitrary, type FuzzSchema } from './create-arbitrary.ts'
import { mutateValue, mutateWire, type Wire } from './mutations.ts'

const schema = z.custom<FuzzSchema>((value) => typeof value === 'object' && value !== null)
const operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z
    .array(z.looseObject({ in: z.string(), name: z.string(), required: z.boolean().optional(), schema }))
    .default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.looseObject({ schema })) }).optional(),
  responses: z.record(z.string(), z.unknown()),
})
const documented = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), operation)) })
export const openapi: unknown = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'))

export type FuzzOperation = z.output<typeof operation> & { method: string; path: string }
/** Every operation, as described in `openapi.json`. */
export const operations: readonly FuzzOperation[] = Object.entries(documented.parse(openapi).paths).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, one]) => ({ ...one, method: method.toUpperCase(), path })),
)

export function resolve(reference: string): FuzzSchema {
  const steps = reference.replace('#/', '').split('/')
  let node: unknown = openapi
  for (const step of steps) node = z.looseObject({}).parse(node)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  return schema.parse(node)
}

/** Requests for an operation: half are valid by the document, half have a mistake. */
export function createRequests(
  operation: FuzzOperation,
  headers: { [name: string]: string },
  knownIds: readonly string[],
): fc.Arbitrary<Wire> {
  const toArbitrary = (one: FuzzSchema) => createArbitrary(one, resolve, knownIds)
  const { parameters, requestBody } = operation
  const values = fc.record(
    Object.fromEntries(parameters.map((one) => [`${one.in} ${one.name}`, toArbitrary(one.schema)])),
    {
      requiredKeys: parameters.filter((one) => one.required).map((one) => `${one.in} ${one.name}`),
    },
  )
  const body = requestBody?.content['application/json']?.schema
  const bodies = body ? toArbitrary(body) : fc.constant(undefined)
  const wire = (parameterValues: { [name: string]: unknown }, bodyValue: unknown): Wire =>
    toWire(operation, headers, parameterValues, bodyValue)
  const valid = fc.tuple(values, bodies).map(([parameterValues, bodyValue]) => wire(parameterValues, bodyValue))
  const wrong = fc.oneof(
    ...(body
      ? [
          fc
            .tuple(values, bodies.chain(mutateValue))
            .map(([parameterValues, bodyValue]) => wire(parameterValues, bodyValue)),
        ]
      : []),
    values.chain((parameterValues) =>
      mutateValue(parameterValues).chain((other) =>
        bodies.map((bodyValue) => wire(z.record(z.string(), z.unknown()).catch({}).parse(other), bodyValue)),
      ),
    ),
    valid.chain(mutateWire),
  )
  return fc.oneof(valid, wrong)
}

function toWire(
  { path, parameters }: FuzzOperation,
  headers: Wire['headers'],
  parameterValues: { [name: string]: unknown },
  body: unknown,
): Wire {
  const listPresent = (place: string) =>
    parameters.filter((one) => one.in === place && parameterValues[`${place} ${one.name}`] !== undefined)
  const text = (place: string, name: string) => toText(parameterValues[`${place} ${name}`])
  const target = path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => encodeURIComponent(text('path', name).toWellFormed()) || '-',
  )
  const query = new URLSearchParams(
    listPresent('query').map(({ name }): [string, string] => [name, text('query', name)]),
  ).toString()
  const own = listPresent('header').map(({ name }) => [name.toLowerCase(), text('header', name)] as const)
  return {
    target: query ? `${target}?${query}` : target,
    headers: { ...Object.fromEntries(own), ...headers },
    ...(body !== undefined && { text: JSON.stringify(body) }),
  }
}

function toText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
