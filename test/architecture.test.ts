import { describe, expect, it } from 'vitest'
import { forbiddenImports, parseImports } from './architecture/import-rules.ts'
import { sourceFiles } from './architecture/source-files.ts'
import { findLengthFaults, findNameFaults, findStyleFaults } from './architecture/style-rules.ts'

const product = sourceFiles('shared', 'functions')
const infra = sourceFiles('infra')
const aside = sourceFiles('local', 'cli', 'web', 'bench', 'docs')

describe('who imports whom', () => {
  it('is as DESIGN.md says', () => {
    expect(product.length).toBeGreaterThan(100)
    expect([...product, ...infra, ...aside].flatMap(forbiddenImports)).toEqual([])
  })

  it('lets the domain use node:crypto for hashes alone', () => {
    const imports = sourceFiles('shared/domain').flatMap(({ source }) => source.match(/^.*'node:crypto'$/gm) ?? [])
    expect(new Set(imports)).toEqual(new Set(["import { createHash } from 'node:crypto'"]))
  })

  it.each([
    ['shared/domain/a.ts', "import { x } from '../store/keys.ts'"],
    ['shared/domain/a.ts', "import { randomBytes } from 'node:fs'"],
    ['shared/contract/a.ts', "import type { x } from '#shared/platform/log.ts'"],
    ['shared/contract/a.ts', "import { x } from 'jose'"],
    ['shared/store/a.ts', "import { x } from '../platform/log.ts'"],
    ['shared/outbound/a.ts', "export { x } from '../store/keys.ts'"],
    ['shared/http/a.ts', "import { x } from '#functions/capture/capture.ts'"],
    ['shared/http/a.ts', "import {\n  x,\n  y,\n} from '#local/host.ts'"],
    ['shared/http/a.ts', "const x = await import('#test/create-test-api.ts')"],
    ['functions/capture/a.ts', "import { x } from '#functions/catalog/catalog.ts'"],
    ['functions/capture/a.ts', "import { x } from '../catalog/catalog.ts'"],
    ['functions/worker/sweep/a.ts', "import { x } from '../deliver/deliver-lead.ts'"],
    ['functions/capture/a.ts', "import { SQSClient } from '@aws-sdk/client-sqs'"],
    ['functions/capture/a.ts', "import '@aws-sdk/client-sqs'"],
    ['functions/capture/a.ts', "import x from '../../openapi.json' with { type: 'json' }"],
    ['infra/a.ts', "import { x } from '#shared/store/capture/leads.ts'"],
    ['infra/a.ts', "import { x } from '#shared/store/engine/engine.ts'"],
    ['infra/a.ts', "import { handler } from '#functions/capture/lambda.ts'"],
    ['web/widget/a.ts', "import { x } from '../../shared/domain/question.ts'"],
    ['web/parts/a.ts', "import * as z from 'zod'"],
    ['web/form/a.ts', "import { x } from '../landing/layout.ts'"],
    ['web/landing/a.ts', "import { x } from '#shared/store/capture/leads.ts'"],
    ['web/landing/a.ts', "import { x } from '#shared/http/to-http-response.ts'"],
    ['web/landing/a.ts', "import { x } from '#functions/catalog/catalog.ts'"],
    ['web/landing/a.ts', "import { x } from '#local/host.ts'"],
    ['local/a.ts', "import { x } from '#test/create-test-api.ts'"],
    ['cli/a.ts', "export * from '../test/create-test-api.ts'"],
    ['docs/receivers/a.ts', "import { x } from '#shared/outbound/webhook/signature.ts'"],
    ['elsewhere/a.ts', ''],
  ])('would tell that %s may not: %s', (path, source) => {
    expect(forbiddenImports({ path, source })).toHaveLength(1)
  })

  it('is read from every form of import, and from code alone', () => {
    const source = [
      "import a from 'a'",
      "import type { b } from 'b'",
      "import 'c'",
      "export * from 'd'",
      "export { e } from 'e'",
      "await import('f')",
      "import {\n  g,\n} from 'g'",
      "// import h from 'h'",
      "/* import i from 'i' */",
      "export const text = 'j'",
    ].join('\n')
    expect(
      parseImports(source)
        .map(({ from }) => from)
        .sort(),
    ).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
  })
})

describe('the style', () => {
  it('is kept where the linter does not look', () => {
    expect(product.flatMap(findStyleFaults)).toEqual([])
    expect([...infra, ...aside].flatMap(({ path }) => findNameFaults(path))).toEqual([])
    expect(infra.flatMap(findLengthFaults)).toEqual([])
  })

  it.each([
    ['a.ts', 'const x: any = 1'],
    ['a.ts', 'const x: Map<string, any> = y'],
    ['a.ts', 'const x: any[] = []'],
    ['a.ts', 'function f(x: string | any) {}'],
    ['a.ts', 'const x = y as Lead'],
    ['a.ts', 'const x = { y } as { y: string }'],
    ['a.ts', 'const x = lead!.name'],
    ['a.ts', 'const x = leads[0]!'],
    ['a.ts', 'f(lead!, 1)'],
    ['a.ts', 'export enum State { on }'],
    ['a.ts', "const x = require('x')"],
    ['a.ts', 'console.log(1)'],
    ['a.ts', 'x\n'.repeat(251)],
    ['shared/index.ts', ''],
    ['shared/submitLead.ts', ''],
    ['shared/utils/a.ts', ''],
  ])('would be told of %s where it has %s', (path, source) => {
    expect(findStyleFaults({ path, source })).toHaveLength(1)
  })

  it.each([
    "import * as z from 'zod'",
    "import { a as b } from 'a'\nimport type {\n  c as d,\n} from 'c'",
    'const x = [1] as const',
    "const x = 'as good as any enum x { console. }' // as any",
    'const x = a !== b && !c',
    'const rule = { all: nodes, any: nodes }; f(rule.any)',
    'const kind = z.enum(kinds)',
  ])('has nothing against %s', (source) => {
    expect(findStyleFaults({ path: 'a.ts', source })).toEqual([])
  })
})
