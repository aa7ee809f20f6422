import { describe, expect, it } from 'vitest'
import { findFullFolders } from './architecture/find-full-folders.ts'
import { findImportCycles } from './architecture/find-import-cycles.ts'
import { findUnusedExports } from './architecture/find-unused-exports.ts'
import { forbiddenImports, parseImports } from './architecture/import-rules.ts'
import { knownCycles } from './architecture/known-cycles.ts'
import { findForbiddenNames, findForbiddenWords, findRepeatedTypeNames } from './architecture/language-rules.ts'
import { sourceFiles } from './architecture/source-files.ts'
import { findChanceFaults, findLengthFaults, findNameFaults, findStyleFaults } from './architecture/style-rules.ts'

const product = sourceFiles('shared', 'functions')
const infra = sourceFiles('infra')
const hosts = sourceFiles('local', 'cli', 'web', 'bench', 'docs')
const tests = sourceFiles('test')
const all = [...product, ...infra, ...hosts, ...tests]

describe('exports', () => {
  it('are all used by the program, so that no merge takes a part out of use', () => {
    expect(findUnusedExports([...product, ...infra, ...hosts]).toSorted()).toEqual([
      // Read by the compiler and a test: each operation has a row in the table of roles.
      'shared/contract/access/complete-role-rights.ts completeRoleRights',
      // Read by tests only: who owns each field of a campaign.
      'shared/domain/access/authority.ts campaignFieldOwners',
      // The name that the AWS SDK imports.
      'shared/platform/aws/lambda-credentials.ts defaultProvider',
      // For publishers, who import the package.
      'web/client/widget.ts loadWidget',
    ])
  })

  it('are found if only a comment or a test names them', () => {
    const unused = {
      path: 'local/a.ts',
      source: '/** `watchAll` */\nexport function watchAll() {}\nexport const used = 1',
    }
    const user = { path: 'local/b.ts', source: "import { used } from './a.ts' // watchAll\nused" }
    expect(findUnusedExports([unused, user])).toEqual(['local/a.ts watchAll'])
  })
})

describe('import rules', () => {
  it('hold for every file outside test/', () => {
    expect(product.length).toBeGreaterThan(100)
    expect([...product, ...infra, ...hosts].flatMap(forbiddenImports)).toEqual([])
  })

  it('allow the domain to use node:crypto only for hashes', () => {
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
    ['web/client/a.ts', "import { x } from '../../shared/contract/routes.ts'"],
    ['web/client/a.ts', "import * as z from 'zod'"],
    ['web/landing/a.ts', "import { x } from '#shared/store/capture/leads.ts'"],
    ['web/landing/a.ts', "import { x } from '#shared/http/to-http-response.ts'"],
    ['web/landing/a.ts', "import { x } from '#functions/catalog/catalog.ts'"],
    ['web/landing/a.ts', "import { x } from '#local/host.ts'"],
    ['web/docs/a.ts', "import { x } from '#functions/catalog/catalog.ts'"],
    ['local/a.ts', "import { x } from '#test/create-test-api.ts'"],
    ['cli/a.ts', "export * from '../test/create-test-api.ts'"],
    ['docs/receivers/a.ts', "import { x } from '#shared/outbound/webhook/signature.ts'"],
    ['elsewhere/a.ts', ''],
  ])('detects: %s must not contain %s', (path, source) => {
    expect(forbiddenImports({ path, source })).toHaveLength(1)
  })

  it('detect every form of import, and ignore comments and texts', () => {
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

describe('style rules', () => {
  it('hold for every file', () => {
    expect(product.flatMap(findStyleFaults)).toEqual([])
    expect([...infra, ...hosts].flatMap(({ path }) => findNameFaults(path))).toEqual([])
    expect(infra.flatMap(findLengthFaults)).toEqual([])
    expect(tests.flatMap(findChanceFaults)).toEqual([])
  })

  it.each([
    'const { failed } = await fc.check(property, { seed })',
    'await expect(fc.assert(property)).rejects.toThrow()',
    'const seed = Date.now() % 1000',
    'const seed = Math.random() * 2 ** 31',
  ])('detects: chance decides in a test with %s', (source) => {
    expect(findChanceFaults({ path: 'a.test.ts', source })).toHaveLength(1)
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
  ])('detects: %s must not contain %s', (path, source) => {
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
  ])('allow %s', (source) => {
    expect(findStyleFaults({ path: 'a.ts', source })).toEqual([])
  })
})

describe('language rules', () => {
  it('hold for every declared name', () => {
    expect(all.flatMap(findForbiddenNames)).toEqual([])
  })

  it.each([
    'const told = 1',
    'let kept = 1',
    'const { seen } = row',
    'const { id: seen } = row',
    'const [given = 1] = rows',
    'const f = (given: string) => given',
    'function find(wanted: string) {}',
    'export type Needs = { log: Log }',
    'const mostTurns = 5',
    'function whoBelongsTo() {}',
    'const findSourceAt = (row: Row) => row',
  ])('detects: %s has a forbidden name', (source) => {
    expect(findForbiddenNames({ path: 'a.ts', source })).toHaveLength(1)
  })

  it.each([
    "const text = 'told'",
    '// told',
    'row.kept',
    'const { kept: retained } = row',
    'const createdAt = now()',
    'function signIn() {}',
  ])('allow the names of %s', (source) => {
    expect(findForbiddenNames({ path: 'a.ts', source })).toEqual([])
  })

  it('hold for every comment', () => {
    expect(all.flatMap(findForbiddenWords)).toEqual([])
  })

  it.each([
    '// Whoever calls this',
    '/** Nobody may. */',
    '/* It shall pass. */',
    'call() // begun anew',
    '// Sent at best effort.',
    '// Somebody waits.',
  ])('detects: %s has a forbidden word', (source) => {
    expect(findForbiddenWords({ path: 'a.ts', source })).toHaveLength(1)
  })

  it('allow forbidden words in texts', () => {
    expect(findForbiddenWords({ path: 'a.ts', source: "const text = 'nobody'" })).toEqual([])
  })

  it('keep the name of every exported type unique', () => {
    expect(findRepeatedTypeNames(all)).toEqual([])
  })

  it('detects: two files export a type of the same name', () => {
    const files = ['a.ts', 'b.ts'].map((path) => ({ path, source: 'export type Row = string' }))
    expect(findRepeatedTypeNames(files)).toEqual(['Row: a.ts, b.ts'])
  })
})

describe('structure rules', () => {
  it('keep folders at 20 files or fewer', () => {
    expect(findFullFolders(all.map(({ path }) => path))).toEqual([])
  })

  it('detects: a folder has more than 20 files', () => {
    const paths = Array.from({ length: 21 }, (_, index) => `shared/a/${index}.ts`)
    expect(findFullFolders([...paths, 'shared/b/1.ts'])).toEqual(['shared/a'])
  })

  it('keep imports free of cycles, apart from recursive components', () => {
    const newCycles = findImportCycles(all).filter(
      (cycle) => !cycle.every((path) => knownCycles.includes(getFolder(path))),
    )
    expect(newCycles).toEqual([])
  })

  it('detects: three files import each other in a circle, one of them by type', () => {
    const files = [
      { path: 'shared/a.ts', source: "import { b } from './b.ts'" },
      { path: 'shared/b.ts', source: "import type { C } from '#shared/c.ts'" },
      { path: 'shared/c.ts', source: "export * from './a.ts'" },
      { path: 'shared/d.ts', source: "import { a } from './a.ts'" },
    ]
    expect(findImportCycles(files)).toEqual([['shared/a.ts', 'shared/b.ts', 'shared/c.ts']])
  })
})

function getFolder(path: string): string {
  return path.split('/').slice(0, -1).join('/')
}
