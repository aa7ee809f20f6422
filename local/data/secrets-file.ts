import { hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import { createSealer } from '#shared/platform/sealer.ts'
import { StartupError } from '../startup-error.ts'
import { readKeyFile } from './key-file.ts'

export const secretsFile = 'secrets.json'

/** The root secret that all keys are derived from, and the staff key that `npm start` prints. */
export type HostSecrets = { root: string; operatorKey: string }
type Folder = { folder: string; secretsKey?: string | undefined }

const root = z.string().min(32)
/** Folders from before 2026-11-29 have the printed staff key here; now it is derived from the root secret. */
const operatorKey = z.string().min(32).optional()
const fileShape = z.union([z.object({ root, operatorKey }), z.object({ sealedRoot: z.string(), operatorKey })])
type SecretsFile = z.output<typeof fileShape>

export function generateSecrets(): HostSecrets {
  return toSecrets(randomBytes(64).toString('base64url'))
}

/** Returns the key that encrypts the root secret. @throws StartupError as `readKeyFile` does */
export function readSecretsKey(file: string | undefined, dataDir: string): string | undefined {
  return readKeyFile({ variable: 'SECRETS_KEY_FILE', file, dataDir })
}

/** Reads the secrets of a folder, and makes them in a new one. A key that is given encrypts a root secret in plain text. */
export function readOrCreateSecrets({ folder, secretsKey }: Folder, database: string): HostSecrets {
  const file = join(folder, secretsFile)
  if (!existsSync(file)) {
    if (existsSync(database))
      throw new StartupError(
        `${file} is missing, and ${database} cannot be read without it. Restore it, or use another DATA_DIR.`,
      )
    write(file, toFile({ root: generateSecrets().root }, secretsKey))
  }
  chmodSync(file, 0o600)
  const content = parse(file)
  if (secretsKey !== undefined && 'root' in content) write(file, toFile(content, secretsKey))
  return toSecrets(openRoot(file, content, secretsKey), content.operatorKey)
}

/** Takes a printed staff key out of the file, because `npm run serve` prints none. */
export function forgetPrintedKey(folder: string): void {
  const file = join(folder, secretsFile)
  const { operatorKey: printedKey, ...others } = parse(file)
  if (printedKey !== undefined) write(file, others)
}

function openRoot(file: string, content: SecretsFile, secretsKey: string | undefined): string {
  if ('root' in content) return content.root
  if (secretsKey === undefined)
    throw new StartupError(`${file} is encrypted. Set SECRETS_KEY_FILE to the file with its key.`)
  try {
    return createFileSealer(secretsKey).open(purpose, content.sealedRoot)
  } catch {
    throw new StartupError(
      `${file} was encrypted with another key than the one in SECRETS_KEY_FILE. Name the right file.`,
    )
  }
}

function toFile(
  { root, ...others }: Extract<SecretsFile, { root: string }>,
  secretsKey: string | undefined,
): SecretsFile {
  if (secretsKey === undefined) return { root, ...others }
  return { sealedRoot: createFileSealer(secretsKey).seal(purpose, root), ...others }
}

const purpose = 'prospectus/root'
function createFileSealer(secretsKey: string) {
  return createSealer(new Uint8Array(hkdfSync('sha256', secretsKey, '', 'prospectus/secrets-file', 32)))
}

function toSecrets(rootSecret: string, printedKey?: string): HostSecrets {
  const deriveBytes = (size: number) => new Uint8Array(hkdfSync('sha256', rootSecret, '', 'printed-staff-key', size))
  return { root: rootSecret, operatorKey: printedKey ?? newAccessKey('ok', deriveBytes) }
}

function parse(file: string): SecretsFile {
  const text = readText(
    file,
    (code) => `${file} cannot be read (${code}). Make it readable for the user that runs Prospectus.`,
  )
  try {
    return fileShape.parse(JSON.parse(text))
  } catch {
    throw new StartupError(`${file} is not a file that Prospectus wrote. Restore it, or use another DATA_DIR.`)
  }
}

function readText(file: string, describe: (code: string) => string): string {
  try {
    // Editors on Windows write a byte order mark.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new StartupError(describe(error instanceof Error && 'code' in error ? String(error.code) : String(error)))
  }
}

/** Writes atomically, so that a power failure leaves the old file or the new one. */
function write(file: string, content: SecretsFile): void {
  const draft = `${file}.draft`
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(draft, file)
}
