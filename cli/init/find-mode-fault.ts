import { statSync } from 'node:fs'
import { dirname } from 'node:path'

const othersRead = 0o004
const othersEnter = 0o001

/** Returns why the user of the service could not read a file, which belongs to root, and how to mend it. */
export function findModeFault(file: string): string | undefined {
  if ((statSync(file).mode & othersRead) === 0) return describeFault(file, `chmod a+r ${file}`)
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder))
    if ((statSync(folder).mode & othersEnter) === 0) return describeFault(folder, `chmod -R a+rX ${folder}`)
  return undefined
}

function describeFault(path: string, command: string): string {
  return `${path} can be read by its owner only, and the service runs as another user. Run: ${command}`
}
