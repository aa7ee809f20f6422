import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type WebPath, webFiles } from './web-paths.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
/** Where `npm run build` writes the web files, and the release has them. */
const builtFolder = join(root, 'dist/web')
/** Next to the files, so that it is not served. */
const manifestFile = 'web.json'

export type BuildResult =
  | { kind: 'built'; folder: string; count: number }
  | { kind: 'fresh' }
  | { kind: 'no-builder'; detail: string }
type Manifest = { sources: { [path: string]: string } }

/** Builds the web files and replaces those of an earlier build at once. */
export async function writeBuiltFiles(folder = builtFolder): Promise<BuildResult> {
  const { buildFiles } = await import('./build-files.ts')
  const build = await buildFiles().catch((error: unknown) => {
    if (isBuilderMissing(error)) return undefined
    throw error
  })
  if (build === undefined)
    return {
      kind: 'no-builder',
      detail:
        'The web files are not built, because the packages that build them are not installed. Run "npm ci --omit=dev", which ' +
        'builds them, or copy the folder dist from a build of this version.',
    }
  const draft = `${folder}.draft-${process.pid}`
  writeFiles(draft, build.files)
  rmSync(folder, { recursive: true, force: true })
  renameSync(draft, folder)
  const sources = Object.fromEntries(build.sources.map((path) => [path, computeDigest(path)]))
  writeFileSync(getManifestPath(folder), `${JSON.stringify({ sources } satisfies Manifest, null, 2)}\n`)
  return { kind: 'built', folder: relative(root, folder), count: build.files.size }
}

/** Builds the web files unless they are those of the current sources. */
export async function buildIfStale(folder = builtFolder): Promise<BuildResult> {
  const isFresh = findMissingFile(folder) === undefined && findChangedSource(folder) === undefined
  return isFresh ? { kind: 'fresh' } : writeBuiltFiles(folder)
}

export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, body] of files) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, body)
  }
}

/** Returns the built files by path, or the first path that was not built. */
export function readBuiltFiles(folder = builtFolder): { files: Map<WebPath, string> } | { missing: string } {
  const missing = findMissingFile(folder)
  if (missing !== undefined) return { missing: relative(root, join(folder, missing)) }
  return { files: new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')])) }
}

/** Returns a source file that has changed since the files were built. */
export function findChangedSource(folder = builtFolder): string | undefined {
  const manifest = getManifestPath(folder)
  if (!existsSync(manifest)) return manifestFile
  const { sources }: Manifest = JSON.parse(readFileSync(manifest, 'utf8'))
  return Object.entries(sources).find(([path, digest]) => computeDigest(path) !== digest)?.[0]
}

/** Whether an error means that esbuild, or a package that the pages are made of, is not installed. */
export function isBuilderMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    ('code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes("'esbuild'")) ||
    /Could not resolve "(?:preact|regexparam|uplot)/.test(error.message)
  )
}

const paths = Object.keys(webFiles).filter((path): path is WebPath => path in webFiles)

function findMissingFile(folder: string): string | undefined {
  return paths.find((path) => !existsSync(join(folder, path)))
}

function getManifestPath(folder: string): string {
  return join(dirname(folder), manifestFile)
}

/** Empty for a file that does not exist any more. */
function computeDigest(path: string): string {
  const file = join(root, path)
  if (!existsSync(file)) return ''
  return createHash('sha256').update(readFileSync(file)).digest('base64url')
}
