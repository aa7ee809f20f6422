import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Host, startHost } from '#local/host.ts'
import { type ContractExample, listExamples } from './list-examples.ts'
import type { MainJob } from './programs/main-job.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
// Inside of the project, so that the clients find their packages.
mkdirSync(join(root, '.cache'), { recursive: true })
const folder = mkdtempSync(join(root, '.cache/clients-'))

beforeAll(async () => {
  cpSync(join(import.meta.dirname, 'programs'), folder, { recursive: true })
  await run(process.execPath, [join(import.meta.dirname, 'generate-clients.ts'), folder])
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('clients generated from openapi.json', () => {
  it('compile in strict mode: openapi-typescript with openapi-fetch, hey-api with zod, orval with fetch and zod', async () => {
    const compilerOptions = {
      ...{ strict: true, noUncheckedIndexedAccess: true, target: 'es2023', noEmit: true, types: [] },
      ...{ module: 'preserve', moduleResolution: 'bundler', allowImportingTsExtensions: true },
      lib: ['es2023', 'dom', 'dom.iterable'],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }))
    const errors = await run(join(root, 'node_modules/.bin/tsc'), ['-p', folder]).then(
      () => '',
      ({ stdout }) => String(stdout),
    )
    expect(errors).toBe('')
  })

  it.each(['hey-api/zod.gen.ts', 'orval/zod.ts'])('accept every example of the contract: %s', async (file) => {
    const schemas = await load(file, z.record(z.string(), z.custom<z.ZodType>()))
    const isHeyApi = file.startsWith('hey-api')
    const faults = [...groupExamples(listExamples(), isHeyApi)].flatMap(([name, values]) => {
      const results = values.map((value) => schemas[name]?.safeParse(value).success ?? 'missing')
      // Of several successful responses, orval describes one.
      const isRight =
        isHeyApi || !name.endsWith('Response') ? !results.some((one) => one !== true) : results.includes(true)
      return isRight ? [] : [`${name}: ${results} ${JSON.stringify(schemas[name]?.safeParse(values[0]).error?.issues)}`]
    })
    expect(faults).toEqual([])
  })
})

describe('a program that uses a generated client', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it.each(['openapi-fetch', 'hey-api', 'orval'])('sends a lead and reads what became of it: %s', async (client) => {
    const { mainJob } = await load(`with-${client}.ts`, z.object({ mainJob: z.custom<MainJob>() }))
    const { urls, keys } = host
    const { receipt, lead } = await mainJob({
      api: urls.api,
      sourceKey: keys.source,
      operatorKey: keys.operator,
      visitor: visitors[client] ?? ada,
    })
    expect(receipt.outcome).toBe('accepted')
    expect(receipt.schools.length).toBeGreaterThan(0)
    expect(lead).toMatchObject({ leadId: receipt.leadId, outcome: 'accepted' })
  })
})

const ada = { firstName: 'Ada', lastName: 'Example', email: 'ada@mail.example', phone: '(512) 789-1001', zip: '78701' }
const visitors: { [client: string]: typeof ada } = {
  'hey-api': { ...ada, email: 'bea@mail.example', phone: '(512) 789-1002' },
  orval: { ...ada, email: 'cyd@mail.example', phone: '(512) 789-1003' },
}

/** Values by the name that a generator gives to their schema. Parameters of one place are one object. */
function groupExamples(examples: readonly ContractExample[], isHeyApi: boolean): Map<string, unknown[]> {
  const names = isHeyApi ? heyApiNames : orvalNames
  const groups = new Map<string, unknown[]>()
  for (const { operationId, part, name, mediaType, value } of examples) {
    // Problems have one schema, and orval describes JSON only.
    if (part === 'response' && (!name.startsWith('2') || (!isHeyApi && mediaType !== 'application/json'))) continue
    const operation = operationId.replace(/^./, (letter) => letter.toUpperCase())
    const schema =
      part === 'component' ? (isHeyApi ? `z${name}` : undefined) : `${isHeyApi ? 'z' : ''}${operation}${names[part]}`
    if (schema === undefined || isWebhook(operationId)) continue
    const values = groups.get(schema) ?? []
    const isParameter = part === 'path' || part === 'query' || part === 'header'
    groups.set(schema, isParameter ? [{ ...Object(values[0]), [name]: value }] : [...values, value])
  }
  return groups
}

const heyApiNames = {
  body: 'Body',
  path: 'Path',
  query: 'Query',
  header: 'Headers',
  response: 'Response',
  component: '',
}
const orvalNames = { ...heyApiNames, path: 'Params', query: 'QueryParams', header: 'Header' }

// Generators name what is received at an address of the reader in ways of their own.
function isWebhook(operationId: string): boolean {
  return /^(lead|consent)[A-Z][a-z]+(ed|n)$/.test(operationId)
}

async function load<Module>(file: string, shape: z.ZodType<Module>): Promise<Module> {
  const outfile = join(folder, `${file}.bundle.mjs`)
  const options = { bundle: true, format: 'esm', platform: 'node', outfile, logLevel: 'silent' } as const
  await build({ ...options, entryPoints: [join(folder, file)] })
  return shape.parse({ ...(await import(pathToFileURL(outfile).href)) })
}
