import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { makePortable, toPortablePattern } from '#cli/openapi/make-portable.ts'

const committed: unknown = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8'))
const nodes = listNodes(committed)
const patterns = [...new Set(nodes.flatMap(({ node: { pattern } }) => (typeof pattern === 'string' ? [pattern] : [])))]

describe('openapi.json for clients in other languages', () => {
  it('has patterns of plain characters, classes, groups and counts only', () => {
    expect(patterns.length).toBeGreaterThan(20)
    for (const pattern of patterns) {
      expect(pattern).toMatch(/^\^/)
      // No look-around, no class of Unicode or of a language's own, no back reference, no lazy or possessive count.
      expect(pattern).not.toMatch(/\(\?|\\[A-Za-z0-9]|[*+?}][?+]/)
      expect(pattern).toMatch(/^[ -~]+$/)
      for (const flags of ['', 'u']) expect(() => new RegExp(pattern, flags), pattern).not.toThrow()
    }
  })

  it('has examples that fit their schemas without the flag u', () => {
    const ajv = new Ajv2020.default({ strict: false, unicodeRegExp: false })
    addFormats.default(ajv)
    ajv.addSchema(toObject(committed), 'openapi.json')
    const faults = nodes.flatMap(({ pointer, node }) => {
      const { example, examples, schema, pattern, type, properties } = node
      const isSchema = pattern ?? type ?? properties
      const values = example !== undefined && schema ? [example] : isSchema && Array.isArray(examples) ? examples : []
      if (values.length === 0) return []
      const valid = ajv.compile({ $ref: `openapi.json#${encodeURI(isSchema ? pointer : `${pointer}/schema`)}` })
      return values.flatMap((value) => (valid(fillDigest(value)) ? [] : [`${pointer} ${JSON.stringify(valid.errors)}`]))
    })
    expect(faults).toEqual([])
  })

  it('names each schema for what it is', () => {
    const { components } = toObject(committed)
    const names = Object.keys(toObject(toObject(components).schemas))
    expect(names.filter((name) => !/^[A-Z][A-Za-z0-9]+$/.test(name))).toEqual([])
  })

  it('has no default, no pattern beside a format or a reference, and no list that contains itself', () => {
    const schemas = nodes.filter(({ pointer }) => /^\/(components\/schemas|paths)\//.test(pointer))
    expect(
      schemas
        .filter(({ pointer, node }) => typeof node.default !== 'undefined' && !pointer.endsWith('/properties'))
        .map(({ pointer }) => pointer),
    ).toEqual([])
    const twofold = schemas.filter(({ node }) => typeof node.pattern === 'string' && (node.format || node.$ref))
    expect(twofold.map(({ pointer }) => pointer)).toEqual([])
    expect(JSON.stringify(at('components', 'schemas', 'ShapeList'))).not.toContain('ShapeTree')
  })

  it('says where it is served, with the part that differs as a variable', () => {
    expect(at('servers', 0)).toMatchObject({ url: 'https://{host}', variables: { host: { default: 'leads.example' } } })
  })

  it('lets a request leave out what has a default', () => {
    expect(at('components', 'schemas', 'LeadRequest').required).not.toContain('test')
    expect(JSON.stringify(at('components', 'schemas', 'LeadRequest', 'properties', 'test'))).toContain(
      'If absent: `false`',
    )
  })
})

describe('toPortablePattern', () => {
  it.each([
    ['^(?:a|b)\\/\\d{2}[\\d-]$', '^(a|b)/[0-9]{2}[0-9-]$'],
    ['^[!-~]([ -~]*[!-~])?$', '^[!-~]([ -~]*[!-~])?$'],
    ['^whsec_', '^whsec_'],
  ])('spells %s as %s', (pattern, expected) => {
    expect(toPortablePattern(pattern)).toBe(expected)
  })

  it.each(['^(?!constructor$)[a-z]+$', '^[^\\p{Cc}]*$', '\\S', '^\\w+$', '^a+?$', '^(a)\\1$', '^[\\u202A]$'])(
    'refuses %s, which other languages read otherwise',
    (pattern) => {
      expect(() => toPortablePattern(pattern)).toThrow('Other languages cannot read the pattern')
    },
  )
})

describe('makePortable', () => {
  it('says a default in words in a request, and leaves it out of a response', () => {
    const schema = () => ({ type: 'boolean', default: false, description: 'A test.' })
    const document = {
      request: { properties: { test: schema(), other: { $ref: '#/other', default: [] } } },
      response: { properties: { test: schema() }, required: ['test'] },
      parameter: { in: 'query', schema: { type: 'integer', default: 50 } },
    }
    makePortable(document)
    expect(document).toEqual({
      request: {
        properties: {
          test: { type: 'boolean', description: 'A test. If absent: `false`.' },
          other: { $ref: '#/other', description: 'If absent: `[]`.' },
        },
      },
      response: { properties: { test: { type: 'boolean', description: 'A test.' } }, required: ['test'] },
      parameter: { in: 'query', schema: { type: 'integer', description: 'If absent: `50`.' } },
    })
  })

  it('keeps nothing beside a reference that would allow less than the reference', () => {
    const document = { circuit: { $ref: '#/Circuit', description: 'Its state.', additionalProperties: false } }
    makePortable(document)
    expect(document).toEqual({ circuit: { $ref: '#/Circuit', description: 'Its state.' } })
  })

  it('lets a list within a list hold anything', () => {
    const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })
    const schemas = {
      Tree: { anyOf: [{ type: 'string' }, reference('List')] },
      List: { type: 'array', items: reference('Tree') },
    }
    makePortable({ components: { schemas } })
    expect(schemas.List).toEqual({
      type: 'array',
      items: { anyOf: [{ type: 'string' }, { type: 'array', items: {} }] },
    })
  })
})

type Node = { [key: string]: unknown }

function toObject(value: unknown): Node {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function at(...path: (string | number)[]): Node {
  return path.reduce<Node>((inner, key) => toObject(inner[key]), toObject(committed))
}

/** Lists every object of the document, except the values of examples. */
function listNodes(value: unknown, pointer = ''): { pointer: string; node: Node }[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([key, child]) =>
    key === 'example' || key === 'examples' || key === 'const'
      ? []
      : listNodes(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
  return [{ pointer, node: toObject(value) }, ...inner]
}

// An example says in parentheses what comes from an earlier response.
function fillDigest(example: unknown): unknown {
  return JSON.parse(JSON.stringify(example).replace(/"\([^"]*\)"/g, `"${'0'.repeat(64)}"`))
}
