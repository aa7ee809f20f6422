import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

/**
 * Returns the declarations of files of web/client and of the files that they import, by file name in one folder. `replaced`
 * has declarations for files that do not fit into the package, such as those with schemas.
 * @throws if two files have the same name
 */
export async function emitDeclarations(
  entries: readonly string[],
  replaced: { [path: string]: string },
): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'client-types-'))
  try {
    await compile(folder)
    // They are declarations already, which the compiler does not write.
    const frameworks = globSync('web/client/frameworks/*.d.ts', { cwd: root }).map((path) => [path, join(root, path)])
    const emitted = globSync('**/*.d.ts', { cwd: folder }).map((path) => [path, join(folder, path)])
    const files = new Map<string, string>(Object.entries(replaced))
    for (const [path = '', file = ''] of [...emitted, ...frameworks])
      if (!files.has(toSource(path))) files.set(toSource(path), await readFile(file, 'utf8'))
    return flatten(entries, files)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function compile(outDir: string): Promise<void> {
  const emit = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', root, '--outDir', outDir]
  await run(
    join(root, 'node_modules/.bin/tsc'),
    [...['-p', join(root, 'web/client'), '--incremental', 'false', '--tsBuildInfoFile', 'null'], ...emit],
    { cwd: root },
  )
}

function flatten(entries: readonly string[], files: ReadonlyMap<string, string>): Map<string, string> {
  const flat = new Map<string, string>()
  const pending = [...entries]
  const visited = new Set<string>()
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (visited.has(path)) continue
    visited.add(path)
    const declaration = files.get(path)
    if (declaration === undefined) throw new Error(`The package needs ${path}, which has no declaration.`)
    const name = basename(path).replace(/(\.d)?\.ts$/, '.d.ts')
    if (flat.has(name)) throw new Error(`Two files of the package are named ${name}.`)
    const folder = join(root, path, '..')
    flat.set(
      name,
      declaration.replace(/(from |import\()'(\.[^']+\.ts)'/g, (_, before: string, target: string) => {
        pending.push(relative(root, join(folder, target)))
        return `${before}'./${basename(target).replace(/\.ts$/, '.js')}'`
      }),
    )
  }
  return flat
}

function toSource(path: string): string {
  return path.startsWith('web/client/frameworks/') ? path : path.replace(/\.d\.ts$/, '.ts')
}
