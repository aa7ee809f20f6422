import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadBuiltFiles } from '#local/pages/create-web-file-handler.ts'
import { buildIfStale, findChangedSource, isBuilderMissing, readBuiltFiles, writeBuiltFiles } from '#web/built-files.ts'
import { webFiles } from '#web/web-paths.ts'

let root: string
let folder: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'prospectus-built-'))
  folder = join(root, 'web')
  await writeBuiltFiles(folder)
})
afterAll(() => rmSync(root, { recursive: true }))

describe('the built web files', () => {
  it('are every served file, and are not built again while their sources stay the same', async () => {
    const built = readBuiltFiles(folder)
    expect('files' in built && [...built.files.keys()]).toEqual(Object.keys(webFiles))
    expect(await buildIfStale(folder)).toEqual({ kind: 'fresh' })
  })

  it('are made from the sources of all parts: widget, apps, shared style, contract and packages', () => {
    const { sources } = readManifest()
    for (const path of ['web/widget/widget.ts', 'web/portal/portal.tsx', 'web/parts/parts.css', 'package-lock.json'])
      expect(sources).toHaveProperty([path])
    expect(Object.keys(sources).some((path) => path.startsWith('shared/contract/'))).toBe(true)
  })

  it('are stale once a source of them has changed, and are then built again', async () => {
    const manifest = readManifest()
    manifest.sources['web/widget/request-form/steps.ts'] = 'of another version'
    writeFileSync(join(root, 'web.json'), JSON.stringify(manifest))
    expect(findChangedSource(folder)).toBe('web/widget/request-form/steps.ts')
    expect(await buildIfStale(folder)).toMatchObject({ kind: 'built' })
    expect(findChangedSource(folder)).toBeUndefined()
  })

  it('are named with the command that builds them if one is missing', () => {
    rmSync(join(folder, 'widget.js'))
    expect(() => loadBuiltFiles(folder)).toThrow(/no .*widget\.js\. Run "npm run build"/)
  })
})

it.each([
  [
    true,
    Object.assign(new Error("Cannot find package 'esbuild' imported from a.ts"), { code: 'ERR_MODULE_NOT_FOUND' }),
  ],
  [true, new Error('Build failed with 1 error:\na.tsx:1:0: ERROR: Could not resolve "preact/hooks"')],
  [false, new Error('Build failed with 1 error:\na.tsx:1:0: ERROR: Could not resolve "./missing.ts"')],
  [false, Object.assign(new Error("Cannot find module './a.ts'"), { code: 'ERR_MODULE_NOT_FOUND' })],
])('says %s for a builder that is missing: %s', (expected, error) => {
  expect(isBuilderMissing(error)).toBe(expected)
})

function readManifest(): { sources: { [path: string]: string } } {
  return JSON.parse(readFileSync(join(root, 'web.json'), 'utf8'))
}
