import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { createOpenapiDocument } from '#cli/openapi/create-openapi-document.ts'
import { examples } from '#cli/openapi/examples/examples.ts'
import { listProblems } from '#shared/contract/list-problems.ts'
import { problems } from '#shared/contract/problems.ts'
import type { ResponseShape, Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'

const committed: unknown = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8'))
// Through JSON, as readers see it.
const document: unknown = JSON.parse(JSON.stringify(createOpenapiDocument()))
const all: readonly Route[] = Object.values(routes).flat()

describe('openapi.json', () => {
  it('is what the contract says (if not: npm run openapi)', () => {
    expect(committed).toEqual(document)
  })

  it('comes out the same, byte for byte, when it is written again', () => {
    expect(JSON.stringify(createOpenapiDocument())).toBe(JSON.stringify(createOpenapiDocument()))
  })

  it('holds every route as an operation, and no operation that is not a route', () => {
    const operations = Object.entries(at(document, 'paths')).flatMap(([path, methods]) =>
      Object.entries(object(methods)).map(([method, operation]) => [method, path, object(operation).operationId]),
    )
    expect(operations.toSorted()).toEqual(
      all.map(({ method, path, name }) => [method.toLowerCase(), path, name]).toSorted(),
    )
  })

  it('names every operation once', () => {
    const names = all.map(({ name }) => name)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    expect(names.filter((name) => !/^[a-z][A-Za-z]+$/.test(name))).toEqual([])
  })

  it('has something behind every reference', () => {
    const references = listNodes(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
    expect(references.length).toBeGreaterThan(100)
    expect(references.filter((reference) => !resolve(reference))).toEqual([])
  })

  it('holds schemas only that JSON Schema 2020-12 can read', () => {
    const pointers = listSchemaPointers(document)
    // Many places hold the same schema.
    const distinctPointers = new Map(
      pointers.map((pointer) => [JSON.stringify(resolve(`#${pointer}`)), pointer]),
    ).values()
    for (const pointer of distinctPointers) expect(() => compileValidator(pointer), pointer).not.toThrow()
    expect(pointers.length).toBeGreaterThan(100)
  })

  it('lets answers gain fields and holds requests to theirs', () => {
    expect(at(document, 'components', 'schemas', 'LeadReceipt')).not.toHaveProperty('additionalProperties')
    expect(at(document, 'components', 'schemas', 'SectionOutput')).not.toHaveProperty('additionalProperties')
    expect(at(document, 'components', 'schemas', 'LeadRequest').additionalProperties).toBe(false)
  })

  it('has no example of what no operation answers', () => {
    const promisedExamples = all.flatMap(({ name, responses }) =>
      Object.entries<ResponseShape>(responses).flatMap(([status, { body, contentType }]) =>
        body || contentType ? [`${name} ${status}`] : [],
      ),
    )
    const shownExamples = Object.entries(examples).flatMap(([name, of]) =>
      Object.keys(of).map((status) => `${name} ${status}`),
    )
    expect(shownExamples.toSorted()).toEqual(promisedExamples.toSorted())
  })

  it('shows a webhook that is one', () => {
    const body = at(document, 'webhooks', 'lead.created', 'post', 'requestBody', 'content', 'application/json')
    expect(leadCreated.safeParse(body.example).error?.issues ?? []).toEqual([])
  })

  it('describes a rule within a rule', () => {
    const valid = compileValidator('/components/schemas/Rule')
    const test = { field: 'state', op: 'in', value: ['TX'] }
    expect(valid({ all: [test, { not: { any: [test] } }] })).toBe(true)
    expect(valid({ all: [test, { not: { any: [] } }] })).toBe(false)
  })
})

const withBody = all.filter(({ body }) => body)

describe.each(withBody.map((route) => [route.name, route] as const))('the body of %s', (_, { method, path, body }) => {
  it('has an example that the contract and the document both take', () => {
    const pointer = `/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}/requestBody/content/application~1json`
    const example = fillExample(resolve(`#${pointer}`)?.example)
    const valid = compileValidator(`${pointer}/schema`)
    expect(body?.safeParse(example).error?.issues ?? []).toEqual([])
    expect(valid(example), JSON.stringify(valid.errors)).toBe(true)
  })
})

describe.each(all.map((route) => [route.name, route] as const))('the operation %s', (_, route) => {
  const operation = at(document, 'paths', route.path, route.method.toLowerCase())

  it('has every part of its path as a parameter', () => {
    const inPath = list(operation.parameters).filter((parameter) => parameter.in === 'path')
    const pathNames = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(inPath.map(({ name, required }) => [name, required])).toEqual(pathNames.map((name) => [name, true]))
  })

  it('lists each of its problems under the status that it has', () => {
    for (const code of listProblems(route)) {
      const listedResponse = object(object(operation.responses)[problems[code].status])
      const response = typeof listedResponse.$ref === 'string' ? resolve(listedResponse.$ref) : listedResponse
      expect(at(response, 'content', 'application/problem+json', 'examples')).toHaveProperty(code)
    }
  })

  it('shows an answer for each status that has a body, as the contract and the document promise it', () => {
    for (const [status, shape] of Object.entries<ResponseShape>(route.responses)) {
      if (!shape.body && !shape.contentType) continue
      const [[type = '', media] = []] = Object.entries(object(at(operation, 'responses', status, 'content')))
      const { example } = object(media)
      expect(example, `${status} has none: cli/openapi/examples`).toBeDefined()
      expect(shape.body?.safeParse(example).error?.issues ?? []).toEqual([])
      const pointer = `/paths/${route.path.replaceAll('/', '~1')}/${route.method.toLowerCase()}/responses/${status}/content`
      const valid = compileValidator(`${pointer}/${type.replaceAll('/', '~1')}/schema`)
      expect(valid(example), JSON.stringify(valid.errors)).toBe(true)
    }
  })

  it('shows parameters that the contract takes', () => {
    for (const part of ['params', 'query', 'headers'] as const) {
      const example = route.example?.[part]
      if (example) expect(route[part]?.safeParse(example).error?.issues ?? []).toEqual([])
    }
  })
})

const ajv = new Ajv2020.default({ strict: true, strictTypes: false, allErrors: true })
ajv.addVocabulary(['discriminator', ...Object.keys(object(document))])
addFormats.default(ajv)
ajv.addSchema(object(document), 'openapi.json')

function compileValidator(pointer: string) {
  return ajv.compile({ $ref: `openapi.json#${encodeURI(pointer)}` })
}

function listSchemaPointers(value: unknown, pointer = ''): string[] {
  return Object.entries(object(value)).flatMap(([key, inner]) => {
    const childPointer = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return key === 'schema' || pointer === '/components/schemas'
      ? [childPointer]
      : listSchemaPointers(inner, childPointer)
  })
}

// An example says in parentheses what comes from an earlier answer.
function fillExample(example: unknown): unknown {
  return JSON.parse(JSON.stringify(example).replace(/"sha256":"\(.*?\)"/g, `"sha256":"${'0'.repeat(64)}"`))
}

type Node = { [key: string]: unknown }

function object(value: unknown): Node {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
function list(value: unknown): Node[] {
  return Array.isArray(value) ? value.map(object) : []
}
function at(value: unknown, ...path: string[]): Node {
  return path.reduce<Node>((inner, key) => object(inner[key]), object(value))
}
function listNodes(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return []
  return [object(value), ...Object.values(value).flatMap(listNodes)]
}
function resolve(reference: string): Node | undefined {
  const [root, ...path] = reference.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const target = at(document, ...path)
  return root === '#' && Object.keys(target).length > 0 ? target : undefined
}
