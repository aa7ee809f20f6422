import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import * as z from 'zod'
import { arbitraryOf, type Schema } from './arbitrary-of-schema.ts'
import { spoiled, spoiledWire, type Wire } from './mutations.ts'

const schema = z.custom<Schema>((value) => typeof value === 'object' && value !== null)
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

export type Operation = z.output<typeof operation> & { method: string; path: string }
/** Every operation, as those see it who know no more than `openapi.json`. */
export const operations: readonly Operation[] = Object.entries(documented.parse(openapi).paths).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, one]) => ({ ...one, method: method.toUpperCase(), path })),
)

export function resolve(reference: string): Schema {
  const steps = reference.replace('#/', '').split('/')
  let here: unknown = openapi
  for (const step of steps) here = z.looseObject({}).parse(here)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  return schema.parse(here)
}

/** Requests for an operation: half of them as the document wants them, half with something wrong. */
export function requestsFor(
  operation: Operation,
  headers: { [name: string]: string },
  known: readonly string[],
): fc.Arbitrary<Wire> {
  const of = (one: Schema) => arbitraryOf(one, resolve, known)
  const { parameters, requestBody } = operation
  const values = fc.record(Object.fromEntries(parameters.map((one) => [`${one.in} ${one.name}`, of(one.schema)])), {
    requiredKeys: parameters.filter((one) => one.required).map((one) => `${one.in} ${one.name}`),
  })
  const body = requestBody?.content['application/json']?.schema
  const bodies = body ? of(body) : fc.constant(undefined)
  const wire = (given: { [name: string]: unknown }, sent: unknown): Wire => wireOf(operation, headers, given, sent)
  const valid = fc.tuple(values, bodies).map(([given, sent]) => wire(given, sent))
  const wrong = fc.oneof(
    ...(body ? [fc.tuple(values, bodies.chain(spoiled)).map(([given, sent]) => wire(given, sent))] : []),
    values.chain((given) =>
      spoiled(given).chain((other) =>
        bodies.map((sent) => wire(z.record(z.string(), z.unknown()).catch({}).parse(other), sent)),
      ),
    ),
    valid.chain(spoiledWire),
  )
  return fc.oneof(valid, wrong)
}

function wireOf(
  { path, parameters }: Operation,
  headers: Wire['headers'],
  given: { [name: string]: unknown },
  body: unknown,
): Wire {
  const at = (place: string) =>
    parameters.filter((one) => one.in === place && given[`${place} ${one.name}`] !== undefined)
  const text = (place: string, name: string) => plainly(given[`${place} ${name}`])
  const target = path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => encodeURIComponent(text('path', name).toWellFormed()) || '-',
  )
  const query = new URLSearchParams(
    at('query').map(({ name }): [string, string] => [name, text('query', name)]),
  ).toString()
  const own = at('header').map(({ name }) => [name.toLowerCase(), text('header', name)] as const)
  return {
    target: query ? `${target}?${query}` : target,
    headers: { ...Object.fromEntries(own), ...headers },
    ...(body !== undefined && { text: JSON.stringify(body) }),
  }
}

function plainly(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
