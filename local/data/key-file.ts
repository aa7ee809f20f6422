import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { StartupError } from '../startup-error.ts'

const minKeyLength = 32
type KeyFile = { variable: 'SECRETS_KEY_FILE' | 'BACKUP_KEY_FILE'; file: string | undefined; dataDir: string }

/**
 * Returns a key of the operator from a file outside the data folder; undefined without a file.
 * @throws StartupError if it cannot be read, is too short, or lies in the data folder
 */
export function readKeyFile({ variable, file, dataDir }: KeyFile): string | undefined {
  if (!file) return undefined
  if (!relative(resolve(dataDir), resolve(file)).startsWith('..'))
    throw new StartupError(`${variable} ${file} is in the data folder. Keep the key in another folder, such as /etc.`)
  const key = readText(file, variable).trim()
  if (key.length >= minKeyLength) return key
  throw new StartupError(
    `${variable} ${file} has a key of fewer than ${minKeyLength} characters. Create one with: openssl rand -base64 48`,
  )
}

function readText(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    throw new StartupError(`${variable} ${file} cannot be read (${code}). Name a file that you may read.`)
  }
}
