import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseImports } from '#test/architecture/import-rules.ts'
import { sourceFiles } from '#test/architecture/source-files.ts'

const packageJson = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const files = new Map(
  sourceFiles('shared', 'functions', 'local', 'cli', 'web').map(({ path, source }) => [path, source]),
)
// A production host builds the pages when it starts, so it needs what the pages import.
const entryPoints = {
  'npm run serve': ['local/start.mjs', 'web/widget/widget.ts', 'web/console/console.tsx', 'web/portal/portal.tsx'],
  'npm run ops': ['cli/ops.ts'],
}

describe('the dependencies of a production install', () => {
  it.each(Object.entries(entryPoints))('contain every package that %s imports', (_, paths) => {
    const packages = listRuntimePackages(paths)
    expect(packages).toContain('zod')
    expect(packages.filter((name) => !Object.hasOwn(packageJson.dependencies, name))).toEqual([])
  })

  it('detects: a package that is only a development dependency', () => {
    expect(listRuntimePackages(['cli/write-openapi.ts'])).toContain('zod-openapi')
    expect(packageJson.dependencies).not.toHaveProperty('zod-openapi')
  })

  it('contain no large package that only tests need', () => {
    const optional = ['@sparticuz/chromium', 'amplify-dynamodb-simulator']
    expect(Object.keys(packageJson.optionalDependencies).toSorted()).toEqual(optional)
    for (const section of [packageJson.dependencies, packageJson.devDependencies])
      expect(Object.keys(section).filter((name) => optional.includes(name))).toEqual([])
  })
})

/** Names of the packages that these files import at run time, directly or through other files. */
function listRuntimePackages(entries: readonly string[]): string[] {
  const packages = new Set<string>()
  const pending = [...entries]
  const visited = new Set<string>()
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
