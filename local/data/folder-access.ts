import { accessSync, constants, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'

/** Returns why this process cannot use a folder or one of these files in it, and how to mend it. Files that do not exist are fine. */
export function findAccessFault(folder: string, files: readonly string[]): string | undefined {
  for (const path of [folder, ...files.map((name) => join(folder, name))]) {
    const code = findAccessCode(path)
    if (code === undefined || code === 'ENOENT') continue
    if (code === 'EROFS') return `${folder} is on a disk that is mounted read-only. Mount it so that it can be written.`
    const user = process.getuid?.()
    return `${path} cannot be used (${code}): it belongs to user ${statSync(path, { throwIfNoEntry: false })?.uid}, and this is user ${user}. As root, run: chown -R ${user} ${folder}`
  }
  return undefined
}

function findAccessCode(path: string): string | undefined {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

/** Returns why backups must not be in this folder: with the data folder, they would be lost too. */
export function findBackupPlaceFault(dataDir: string, target: string): string | undefined {
  const way = relative(resolve(dataDir), resolve(target))
  if (way.startsWith('..') || isAbsolute(way)) return undefined
  return `${target} is in the data folder ${dataDir}, and would be lost with it. Name a folder elsewhere, best on another disk.`
}
