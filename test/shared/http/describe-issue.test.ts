import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { Refusal } from '#shared/contract/problems.ts'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { describeIssue } from '#shared/http/describe-issue.ts'
import { parseRequest } from '#shared/http/parse-request.ts'

const validatorWords = /\b(Too (small|big)|Invalid|[Ee]xpected|received|Unrecognized|must be one of|NaN)\b/
const wrongValues = [null, '', ' ', 'x', 'x'.repeat(5000), -1, 1e12, 0.5, true, [], [null], {}, { x: 1 }]
const allRoutes: readonly Route[] = Object.values(routes).flat()

describe('validation sentences of the API', () => {
  it.each(allRoutes.flatMap((route) => (route.body && route.example?.body ? [[route.name, route] as const] : [])))(
    'are our own for every field of the body of %s with every wrong value',
    (_, route) => {
      const example = JSON.parse(JSON.stringify(route.example?.body))
      const optionalPaths = route.body instanceof z.ZodObject ? Object.keys(route.body.shape).map((name) => [name]) : []
      const paths = [...listPaths(example), ...optionalPaths]
      const bodies = [{}, [], 'x', null, ...paths.flatMap((path) => listReplacements(example, path))]
      const details = bodies.flatMap((body) => listDetails(route, { body }))
      expect(details.length).toBeGreaterThan(0)
      expect([...new Set(details)].filter((detail) => validatorWords.test(detail))).toEqual([])
    },
  )

  it.each(allRoutes.flatMap((route) => (route.query ? [[route.name, route] as const] : [])))(
    'are our own for every query parameter of %s with every wrong value',
    (_, route) => {
      const names = Object.keys(route.query?.shape ?? {})
      const queries = names.flatMap((name) => ['', 'x', '-1', 'x'.repeat(5000)].map((value) => ({ [name]: value })))
      const details = queries.flatMap((queryStringParameters) => listDetails(route, { queryStringParameters }))
      expect([...new Set(details)].filter((detail) => validatorWords.test(detail))).toEqual([])
    },
  )

  it('detects: the validator speaks without our sentences', () => {
    const parsed = z.object({ a: z.string().min(3), b: z.enum(['x', 'y']) }).safeParse({ a: '', b: 'z' })
    expect(parsed.error?.issues.every(({ message }) => validatorWords.test(message))).toBe(true)
  })

  it.each([
    [z.string(), 1, 'must be text'],
    [z.int(), 'x', 'must be a number'],
    [z.int(), 1.5, 'must be a whole number'],
    [z.string().min(1), '', 'must not be empty'],
    [z.string().min(7), 'x', 'must have at least 7 characters'],
    [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 item'],
    [z.number().min(0), -1, 'must be at least 0'],
    [z.number().gt(0), 0, 'must be more than 0'],
    [z.enum(['read', 'admin', 'manage']), 'x', 'has a value that is not allowed: use read, admin or manage'],
    [z.literal('webhook'), 'x', 'must be webhook'],
    [z.email(), 'x', 'must be an email address, such as name@example.com'],
    [z.iso.date(), 'x', 'must be a date, such as 2026-11-23'],
    [z.string(), undefined, 'is required'],
    [z.string('must be the name of the school'), 1, 'must be the name of the school'],
  ])('say what is wrong and how to fix it: %#', (schema, value, sentence) => {
    expect(schema.safeParse(value, { error: describeIssue }).error?.issues[0]?.message).toBe(sentence)
  })
})

type RequestPart = { body?: unknown; queryStringParameters?: { [name: string]: string } }

function listDetails(route: Route, part: RequestPart): string[] {
  try {
    const pathParameters = z.record(z.string(), z.string()).parse(route.example?.params ?? {})
    parseRequest(route, { headers: {}, pathParameters, ...part })
    return []
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.errors.map(({ detail }) => detail)
  }
}

type Path = readonly (string | number)[]

function listPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [...(path.length > 0 ? [path] : []), ...entries.flatMap(([step, inner]) => listPaths(inner, [...path, step]))]
}

function listReplacements(example: unknown, path: Path): unknown[] {
  return wrongValues.map((wrong) => setValue(example, path, wrong))
}

function setValue(value: unknown, [step, ...rest]: Path, wrong: unknown): unknown {
  if (step === undefined) return wrong
  if (Array.isArray(value)) return value.map((inner, at) => (at === step ? setValue(inner, rest, wrong) : inner))
  return { ...(value as object), [step]: setValue((value as { [name: string]: unknown })[step], rest, wrong) }
}
