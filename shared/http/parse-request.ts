import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type FieldError, invalidFields, Refusal } from '../contract/problems.ts'
import type { Input, Route } from '../contract/route.ts'
import { fieldErrors, locate } from './field-errors.ts'
import { forbiddenText } from './forbidden-text.ts'

/** An event whose body has been read as JSON where its route takes one. */
export type ReadEvent = Pick<APIGatewayProxyEventV2, 'headers' | 'pathParameters' | 'queryStringParameters'> & {
  body?: unknown
}

/** @throws Refusal that names every field which does not fit the contract. */
export function parseRequest<R extends Route>(route: R, event: ReadEvent): Input<R> {
  const given = {
    params: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    headers: event.headers,
    body: event.body,
  }
  const { mostBodyDepth = 8 } = route
  if (nests(event.body, mostBodyDepth)) throw invalidFields([tooDeep(mostBodyDepth)])
  const errors: FieldError[] = []
  const parsed: { [part: string]: unknown } = {}
  for (const part of parts) {
    const result = route[part]?.safeParse(given[part])
    parsed[part] = result?.data
    if (result?.error) {
      // An address that cannot be, is nowhere.
      if (part === 'params' && route.method !== 'PUT') throw new Refusal('NOT_FOUND', 'Nothing has that id.')
      errors.push(...fieldErrors(result.error.issues, locate[part]))
    }
  }
  const pointers = new Set(errors.map(({ pointer }) => pointer))
  errors.push(...forbiddenText(event.body).filter(({ pointer }) => !pointers.has(pointer)))
  if (errors.length === 0 && isInput(route, parsed)) return parsed
  throw invalidFields(errors.slice(0, 50))
}

const parts = ['params', 'query', 'headers', 'body'] as const

// The schemas of the route have parsed every part by now, which TypeScript cannot follow through the loop.
function isInput<R extends Route>(_route: R, parsed: object): parsed is Input<R> {
  return parts.every((part) => part in parsed)
}

// A tree that was made to be deep would exhaust the stack of whoever walks it.
function tooDeep(levels: number): FieldError {
  return { pointer: '', code: 'too_deep', detail: `must not be nested deeper than ${levels} levels` }
}

function nests(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => nests(inner, levels - 1))
}
