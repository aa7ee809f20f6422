import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Host, startHost } from '#local/host.ts'
import { createKey } from '#shared/contract/access/keys.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { compileStrictly, installClient, packClient } from './client-package.ts'

// Outside of the project, so that nothing of it is found by accident.
const folder = mkdtempSync(join(tmpdir(), 'client-package-'))
const built = join(folder, 'built')
const consumer = join(folder, 'consumer')
let tarball = ''
beforeAll(async () => {
  tarball = await packClient(built)
  cpSync(join(import.meta.dirname, 'package'), consumer, { recursive: true })
  await installClient(tarball, consumer)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the package for publishers', () => {
  it('has no error and no warning by publint', async () => {
    expect((await publint({ pkgDir: built, pack: false, strict: true })).messages).toEqual([])
  })

  it('has types that match its modules in every resolution that reads ESM', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)))
    const problems =
      analysis.types === false ? ['no types'] : analysis.problems.filter((problem) => !isOfCommonJs(problem))
    expect(problems).toEqual([])
    expect(Object.keys('entrypoints' in analysis ? analysis.entrypoints : {})).toContain('./widget')
  })

  it('has no dependency, no schema and nothing of the project, in 5 kB', () => {
    const installed = join(consumer, 'node_modules/prospectus-client')
    const files = readdirSync(installed)
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'index.d.ts', 'index.js', 'package.json']))
    const sources = files
      .filter((name) => /\.(js|ts)$/.test(name))
      .map((name) => readFileSync(join(installed, name), 'utf8'))
    const imports = sources.flatMap((source) =>
      [...source.matchAll(/(?:^(?:im|ex)port .* from |\bimport\()['"]([^'"]+)/gm)].map(([, from]) => from),
    )
    const packages = imports.filter((from = '') => !from.startsWith('./') || from.endsWith('.ts'))
    expect(new Set(packages)).toEqual(new Set(['react', 'preact', 'vue']))
    expect(sources.join('\n')).not.toMatch(/\bzod\b/)
    expect(gzipSync(readFileSync(join(installed, 'index.js'))).byteLength).toBeLessThan(5000)
  })

  it.each([
    { module: 'node16', moduleResolution: 'node16' },
    { module: 'nodenext', moduleResolution: 'nodenext' },
    { module: 'preserve', moduleResolution: 'bundler' },
  ])('compiles in a program of strict TypeScript: $moduleResolution', async (resolution) => {
    expect(await compileStrictly(consumer, ['main-job.ts'], { ...resolution, noEmit: true })).toBe('')
  })
})

describe('a program that uses the package', () => {
  const shape = z.object({ mainJob: z.custom<Job>(), failures: z.custom<Job>(), exceedLimit: z.custom<Job>() })
  type Job = (settings: { api: string; sourceKey: string; secretKey: string }) => Promise<{ [name: string]: unknown }>
  let host: Host
  let call: ReturnType<typeof createClient>
  let program: z.output<typeof shape>
  let settings: Parameters<Job>[0]
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    const { api } = host.urls
    call = createClient({ baseUrl: api, headers: { authorization: `Bearer ${host.keys.operator}` } })
    const holder = { caller: 'source', sourceId: 'sample-landing-page' } as const
    const { body: key } = await call(createKey, { body: { holder, scope: 'server', name: 'package' } })
    settings = { api, sourceKey: host.keys.source, secretKey: key?.key ?? '' }
    const outDir = join(consumer, 'run')
    await compileStrictly(consumer, ['main-job.ts'], { module: 'nodenext', moduleResolution: 'nodenext', outDir })
    program = shape.parse({ ...(await import(pathToFileURL(join(outDir, 'main-job.js')).href)) })
  })
  afterAll(() => host.close())

  it('sends a lead once to the checked school, and reads what became of it', async () => {
    const { receipt, repeated, lead, listedIds } = await program.mainJob(settings)
    expect(receipt).toMatchObject({ outcome: 'accepted', schools: [{ name: expect.any(String) }] })
    expect(repeated).toEqual(receipt)
    const { leadId } = z.object({ leadId: z.string() }).parse(receipt)
    expect(lead).toMatchObject({ leadId, outcome: 'accepted' })
    expect(listedIds).toEqual([leadId])
  })

  it('reads the code of a problem, its fields, and that no response came', async () => {
    expect(await program.failures(settings)).toEqual({
      invalid: { status: 422, code: 'INVALID_REQUEST', pointers: ['/zip'], isKnown: true },
      missing: { status: 404, code: 'NOT_FOUND', pointers: [], isKnown: true },
      secret: { status: 403, code: 'SECRET_KEY_REQUIRED', pointers: [], isKnown: false },
      offline: { noResponse: expect.stringContaining('No response from http://127.0.0.1:9: ') },
    })
  })

  it('reads from a refusal over the limit of its source when to try again', async () => {
    const body = { name: 'Limited', mode: 'live', rateLimitPerMinute: 2 } as const
    const source = await call(records.sources.put, { params: { id: 'limited' }, body })
    const result = await program.exceedLimit({ ...settings, sourceKey: source.body?.key ?? '' })
    expect(result).toEqual({ responses: 2, code: 'TOO_MANY_REQUESTS', retryAfterSeconds: expect.any(Number) })
    expect(result.retryAfterSeconds).toBeGreaterThan(0)
  })
})

/** The package is ESM only: `require` and resolution before `exports` are not for it. */
function isOfCommonJs(problem: { kind: string; resolutionKind?: string }): boolean {
  return problem.resolutionKind === 'node10' || problem.resolutionKind === 'node16-cjs'
}
