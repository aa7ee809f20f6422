import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import manifest from '../../package.json' with { type: 'json' }
import { createOpenapiDocument } from '../openapi/create-openapi-document.ts'
import { emitDeclarations } from './emit-declarations.ts'
import { lendTypescript5 } from './lend-typescript-5.ts'
import { type ClientOperation, listClientOperations } from './list-client-operations.ts'
import { renderClientTypes, renderProblemCodes } from './render-client-types.ts'
import { selectOperations } from './select-operations.ts'

const root = join(import.meta.dirname, '../..')
const source = join(root, 'web/client')
const frameworks = ['react', 'preact', 'vue'] as const

/** Writes a folder that `npm pack` makes a package of. The same contract gives the same files. */
export async function writeClientPackage(folder: string): Promise<void> {
  const operations = listClientOperations()
  const document = selectOperations(
    createOpenapiDocument(),
    operations.map(({ name }) => name),
  )
  const files = new Map([
    ...(await bundle(operations)),
    ...(await emitDeclarations(
      [
        'package-exports.ts',
        'client-options.ts',
        'widget.ts',
        ...frameworks.map((name) => `frameworks/${name}.d.ts`),
      ].map((name) => `web/client/${name}`),
      {
        'shared/contract/problems.ts': renderProblemCodes(operations),
        'shared/domain/vocabulary.ts': `export type { ${vocabulary} } from './index.js'\n`,
      },
    )),
    ['index.d.ts', renderClientTypes(operations, document)],
    ['schema.d.ts', await generateSchemaTypes(document)],
    ...frameworks.map((name) => [`${name}.js`, 'export {}\n'] as const),
    ['package.json', `${JSON.stringify(packageJson, null, 2)}\n`],
  ])
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const [name, text] of files) await writeFile(join(folder, name), text)
  await copyFile(join(source, 'README.md'), join(folder, 'README.md'))
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'))
}

const vocabulary = 'Modality, ProgramLevel, State'

const packageJson = {
  name: 'prospectus-client',
  version: manifest.version,
  description: 'Client for publishers: match visitors with schools, send leads, and read what became of them.',
  license: manifest.license,
  type: 'module',
  sideEffects: false,
  engines: { node: '>=20' },
  exports: Object.fromEntries([
    ...[
      ['.', 'index'] as const,
      ['./widget', 'widget'] as const,
      ...frameworks.map((name) => [`./${name}`, name] as const),
    ].map(([path, name]) => [path, { types: `./${name}.d.ts`, default: `./${name}.js` }]),
    ['./package.json', './package.json'],
  ]),
  types: './index.d.ts',
  files: ['*.js', '*.d.ts'],
}

async function bundle(operations: readonly ClientOperation[]): Promise<[name: string, code: string][]> {
  const shapes = operations.map(({ name, method, path, key, accepts }) => [name, { method, path, key, accepts }])
  const contents = [
    "import { createClientOf } from './create-client.ts'",
    "export * from './package-exports.ts'",
    `const operations = ${JSON.stringify(Object.fromEntries(shapes), null, 2)}`,
    'export const createClient = (options) => createClientOf(operations, options)',
  ].join('\n')
  const shared = { bundle: true, format: 'esm', target: 'es2022', write: false } as const
  const [index, widget] = await Promise.all([
    build({ ...shared, stdin: { contents, resolveDir: source } }),
    build({ ...shared, entryPoints: [join(source, 'widget.ts')] }),
  ])
  return [
    ['index.js', index.outputFiles.map(({ text }) => text).join('')],
    ['widget.js', widget.outputFiles.map(({ text }) => text).join('')],
  ]
}

async function generateSchemaTypes(document: object): Promise<string> {
  lendTypescript5()
  const { default: toTypes, astToString } = await import('openapi-typescript')
  return astToString(await toTypes(JSON.parse(JSON.stringify(document))))
}
