import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileStrictly, installClient, packClient } from './client-package.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'widget-types-'))
const guide = readFileSync(join(root, 'docs/widget.md'), 'utf8')
const resolution = { module: 'preserve', moduleResolution: 'bundler', noEmit: true }

let tarball = ''
beforeAll(async () => {
  tarball = await packClient(join(folder, 'built'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the types of the widget', () => {
  it.each([
    { framework: 'react', version: '18', packages: { '@types/react': '@types/react-18', '@types/prop-types': '' } },
    { framework: 'react', version: '19', packages: { '@types/react': '' } },
    { framework: 'preact', version: '11', packages: { preact: '' } },
  ])(
    'accept its elements and refuse wrong ones in the JSX of $framework $version',
    async ({ framework, version, packages }) => {
      const consumer = await createConsumer(`${framework}-${version}`, packages)
      const program = readFileSync(join(import.meta.dirname, 'package/react.tsx'), 'utf8')
      const toFramework = (source: string) =>
        source.replace('prospectus-client/react', `prospectus-client/${framework}`)
      writeFileSync(join(consumer, 'program.tsx'), toFramework(program))
      writeFileSync(join(consumer, 'guide.tsx'), toFramework(renderGuide(guide)))
      const options = { ...resolution, jsx: 'react-jsx', jsxImportSource: framework }
      expect(await compileStrictly(consumer, ['program.tsx', 'guide.tsx'], { ...options, skipLibCheck: true })).toBe('')
    },
  )

  it('accept its elements and refuse wrong ones in the templates of Vue 3', async () => {
    const vue = ['runtime-dom', 'runtime-core', 'reactivity', 'shared'].map((name) => [`@vue/${name}`, ''])
    const consumer = await createConsumer('vue', Object.fromEntries(vue))
    // The types of `vue` are those of its package for browsers, and the compiler that this project does not need.
    mkdirSync(join(consumer, 'node_modules/vue'))
    writeFileSync(join(consumer, 'node_modules/vue/index.d.ts'), "export * from '@vue/runtime-dom'\n")
    cpSync(join(import.meta.dirname, 'package/vue.ts'), join(consumer, 'program.ts'))
    expect(await compileStrictly(consumer, ['program.ts'], { ...resolution, skipLibCheck: true })).toBe('')
  })

  it('accept the programs of the README', async () => {
    const consumer = await createConsumer('readme', { '@types/react': '' })
    writeFileSync(join(consumer, 'readme.tsx'), renderReadme(readFileSync(join(root, 'web/client/README.md'), 'utf8')))
    const options = { ...resolution, jsx: 'react-jsx', skipLibCheck: true }
    expect(await compileStrictly(consumer, ['readme.tsx'], options)).toBe('')
  })

  it('detects: the guide names an attribute and an event that the types do not have', async () => {
    const consumer = await createConsumer('detects', { '@types/react': '' })
    const changed = guide
      .replace('`career`, `source-key`', '`career`, `source-key`, `shade`')
      .replace('`lead:ready`', '`lead:x`')
    writeFileSync(join(consumer, 'guide.tsx'), renderGuide(changed))
    const options = { ...resolution, jsx: 'react-jsx', skipLibCheck: true }
    const errors = (await compileStrictly(consumer, ['guide.tsx'], options)).match(/error TS\d+/g)
    expect(errors).toHaveLength(2)
  })
})

/** A program outside of the project with the package and with types of a framework, which need no registry either. */
async function createConsumer(name: string, packages: { [target: string]: string }): Promise<string> {
  const consumer = join(folder, name)
  await installClient(tarball, consumer)
  for (const [target, source] of Object.entries({ ...packages, csstype: '' })) {
    const to = join(consumer, 'node_modules', target)
    mkdirSync(dirname(to), { recursive: true })
    cpSync(join(root, 'node_modules', source || target), to, { recursive: true, dereference: true })
  }
  return consumer
}

/** The programs of the README in one module, each in a function of its own, with what they take from their page. */
function renderReadme(text: string): string {
  const lines = [...text.matchAll(/```tsx?\n([\s\S]*?)```/g)].map(([, block = '']) => block.split('\n'))
  const isImport = (line: string) => line.startsWith('import ')
  const imports = new Set(lines.flat().filter(isImport))
  const programs = lines.map((block, index) => {
    const body = block.filter((line) => !isImport(line)).join('\n')
    return body.includes('export ') ? body : `export async function program${index}() {\n${body}\n}`
  })
  return [...imports, surroundingsOfReadme, ...programs].join('\n')
}

const surroundingsOfReadme = `
import type { LeadRequest, Match, ProspectusClient } from 'prospectus-client'
declare const process: { env: { [name: string]: string | undefined } }
declare const client: ProspectusClient
declare const match: Match
declare const lead: LeadRequest
declare const checkedIds: string[]
declare const formId: string
declare function showNewMatch(): Promise<void>
declare function useEffect(effect: () => void, dependencies: unknown[]): void
`

/** A program that uses every attribute and every event of docs/widget.md. */
function renderGuide(text: string): string {
  const rows = [...text.matchAll(/^\| (all|`[a-z]+-[a-z-]+`) \| (.+) \|$/gm)].map(([, element = '', cell = '']) => ({
    element: element.replaceAll('`', ''),
    attributes: [...cell.matchAll(/`([a-z-]+)`/g)].map(([, attribute = '']) => attribute),
  }))
  const shared = rows.find(({ element }) => element === 'all')?.attributes ?? []
  const elements = rows.flatMap(({ element, attributes }) => {
    if (element === 'all') return []
    const values = [...attributes, ...shared].map((attribute) => `${attribute}="${samples[attribute] ?? 'x'}"`)
    return [`<${element} ${values.join(' ')} />`]
  })
  const events = [...text.matchAll(/^\| `(lead:\w+)` \|/gm)].map(([, event]) => `'${event}'`)
  if (elements.length === 0 || events.length === 0)
    throw new Error('docs/widget.md has no table of elements or events.')
  return [
    "import type {} from 'prospectus-client/react'",
    "import type { WidgetEvents } from 'prospectus-client/widget'",
    `export const elements = [\n${elements.join(',\n')}\n]`,
    `export const events: (keyof WidgetEvents)[] = [\n${events.join(',\n')}\n]`,
  ].join('\n')
}

const samples: { [attribute: string]: string } = { state: 'TX', level: 'diploma', modality: 'online', 'page-size': '5' }
