import { posix } from 'node:path'

const maxFiles = 20

/** Returns every folder that directly holds more than 20 source files. */
export function findFullFolders(paths: readonly string[]): string[] {
  const pathsByFolder = Object.groupBy(paths, (path) => posix.dirname(path))
  return Object.entries(pathsByFolder).flatMap(([folder, inFolder = []]) =>
    inFolder.length > maxFiles ? [folder] : [],
  )
}
