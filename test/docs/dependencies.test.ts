import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseImports } from '#test/architecture/import-rules.ts'
import { sourceFiles } from '#test/architecture/source-files.ts'

const packageJson = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const files = new Map(
  sourceFiles('shared', 'functions', 'local', 'cli', 'web').map(({ path, source }) => [path, source]),
)
const { packages: lock }: { packages: { [path: string]: { dev?: true; optional?: true; devOptional?: true } } } =
  JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))
const entryPoints = { 'npm run serve': ['local/start.mjs'], 'npm run ops': ['cli/ops.ts'] }
/** Loaded only to build the web files: by `npm run build`, and by `npm start` in memory. */
const builder = 'web/build-files.ts'

describe('the dependencies of a production install', () => {
  it.each(Object.entries(entryPoints))('contain every package that %s imports', (_, paths) => {
    const packages = listRuntimePackages(paths, [builder])
    expect(packages).toContain('zod')
    expect(packages.filter((name) => !Object.hasOwn(packageJson.dependencies, name))).toEqual([])
  })

  it('detects: a package that is only a development dependency', () => {
    expect(listRuntimePackages(['cli/write-openapi.ts'])).toContain('zod-openapi')
    expect(packageJson.dependencies).not.toHaveProperty('zod-openapi')
  })

  it('contain as optional packages exactly what builds the web files', () => {
    const pages = [
      builder,
      'web/widget/widget.ts',
      'web/console/console.tsx',
      'web/portal/portal.tsx',
      'web/publisher/publisher.tsx',
    ]
    const packages = listRuntimePackages(pages).filter((name) => !Object.hasOwn(packageJson.dependencies, name))
    expect(packages.toSorted()).toEqual(Object.keys(packageJson.optionalDependencies).toSorted())
  })

  it('contain no browser, CDK or Java', () => {
    const installed = Object.entries(lock).flatMap(([path, { dev }]) => (dev ? [] : [path]))
    expect(installed.length).toBeGreaterThan(50)
    expect(installed.filter(isForbidden)).toEqual([])
    expect(Object.keys(lock).filter(isForbidden).length).toBeGreaterThan(3)
  })
})

function isForbidden(path: string): boolean {
  return /chromium|playwright|aws-cdk|constructs|dynamodb-simulator|typescript|node_modules\/node$/.test(path)
}

/** Names of the packages that these files import at run time, directly or through other files. */
function listRuntimePackages(entries: readonly string[], except: readonly string[] = []): string[] {
  const packages = new Set<string>()
  const pending = [...entries]
  const visited = new Set<string>(except)
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (visited.has(path)) continue
    visited.add(path)
    for (const { from, isType } of parseImports(files.get(path) ?? '')) {
      if (isType || from.startsWith('node:')) continue
      if (from.startsWith('#')) pending.push(from.slice(1))
      else if (from.startsWith('.')) pending.push(posix.join(posix.dirname(path), from))
      else packages.add(from.split('/', from.startsWith('@') ? 2 : 1).join('/'))
    }
  }
  return [...packages]
}
