import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type FieldError, invalidFields, Refusal } from '../contract/problems.ts'
import type { Input, Route } from '../contract/route.ts'
import { describeIssue } from './describe-issue.ts'
import { findForbiddenText } from './find-forbidden-text.ts'
import { locate, toFieldErrors } from './to-field-errors.ts'

/** An event whose body is already parsed as JSON if its route takes one. */
export type JsonEvent = Pick<APIGatewayProxyEventV2, 'headers' | 'pathParameters' | 'queryStringParameters'> & {
  body?: unknown
}

/** Returns the parsed input of a route. @throws Refusal that lists every invalid field. */
export function parseRequest<R extends Route>(route: R, event: JsonEvent): Input<R> {
  const { maxBodyDepth = 8 } = route
  if (isNestedDeeper(event.body, maxPreparedDepth)) throw invalidFields([createDepthError(maxBodyDepth)])
  const body = prepareBody(route, event.body)
  if (isNestedDeeper(body, maxBodyDepth)) throw invalidFields([createDepthError(maxBodyDepth)])
  const rawInput = {
    params: event.pathParameters ?? {},
    query: dropEmpty(event.queryStringParameters ?? {}),
    headers: event.headers,
    body,
  }
  const errors: FieldError[] = []
  const parsed: { [part: string]: unknown } = {}
  for (const part of parts) {
    const result = route[part]?.safeParse(rawInput[part], { error: describeIssue })
    parsed[part] = result?.data
    if (result?.error) {
      // A path parameter that cannot match a record is a 404, not a 422.
      if (part === 'params' && route.method !== 'PUT') throw new Refusal('NOT_FOUND', 'Not found.')
      errors.push(...toFieldErrors(result.error.issues, locate[part]))
    }
  }
  errors.push(...findForbiddenText(parsed.body))
  if (errors.length === 0 && isInput(route, parsed)) return parsed
  throw invalidFields(errors.slice(0, 50))
}

// What a route drops, such as a label that is no text, may be nested deeper than what it takes.
const maxPreparedDepth = 500

const parts = ['params', 'query', 'headers', 'body'] as const

// Every part is parsed by now, which TypeScript cannot infer from the loop.
function isInput<R extends Route>(_route: R, parsed: object): parsed is Input<R> {
  return parts.every((part) => part in parsed)
}

// What is invalid only because it cannot be seen is cleaned by the schemas, so forbidden text is looked for after them.
function prepareBody({ caller, readOnlyFields, prepareBody: prepare }: Route, body: unknown): unknown {
  const written = dropFields(body, readOnlyFields)
  // In a record that staff write, empty text may mean something.
  const filled = caller === 'operator' ? written : dropEmpty(written)
  return prepare ? prepare(filled) : filled
}

/** Fields with null or empty text count as left out: forms and servers send them for what they do not know. */
function dropEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      inner === null || inner === '' ? [] : [[name, dropEmpty(inner)] as const],
    ),
  )
}

function dropFields(body: unknown, names: readonly string[] = []): unknown {
  if (names.length === 0 || typeof body !== 'object' || body === null || Array.isArray(body)) return body
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))
}

// A very deep body would overflow the stack of recursive code.
function createDepthError(levels: number): FieldError {
  return { pointer: '', code: 'too_deep', detail: `must not be nested deeper than ${levels} levels` }
}

function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isNestedDeeper(inner, levels - 1))
}
