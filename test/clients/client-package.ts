import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

/** Builds the package for publishers in a folder, and returns the tarball that `npm pack` makes of it, beside that folder. */
export async function packClient(folder: string): Promise<string> {
  await run(process.execPath, [join(root, 'cli/build-client.ts'), folder])
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', join(folder, '..')], { cwd: folder })
  const [packed] = z.array(z.looseObject({ filename: z.string() })).parse(JSON.parse(stdout))
  return join(folder, '..', packed?.filename ?? '')
}

/** Installs the tarball as a publisher does, but without a registry: the package has no dependencies. */
export async function installClient(tarball: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }))
  const options = ['--offline', '--no-audit', '--no-fund', '--ignore-scripts', '--cache', join(folder, 'npm-cache')]
  await run('npm', ['install', ...options, tarball], { cwd: folder })
}

/** Compiles files of a folder in strict mode, without skipping the declarations of packages. Returns the errors. */
export async function compileStrictly(folder: string, files: readonly string[], options: object): Promise<string> {
  const compilerOptions = {
    ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, target: 'es2023' },
    ...{ lib: ['es2023', 'dom', 'dom.iterable'], types: [], rootDir: folder },
    ...options,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  return run(join(root, 'node_modules/.bin/tsc'), ['-p', folder]).then(
    () => '',
    ({ stdout }) => String(stdout),
  )
}
