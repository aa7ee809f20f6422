import { readFileSync, writeFileSync } from 'node:fs'
import { createOpenapiDocument } from './openapi/create-openapi-document.ts'

/** Writes `openapi.json` from the contract. With `--check` it only compares. Returns the exit code. */
export function writeOpenapi(options: readonly string[]): number {
  const file = new URL('../openapi.json', import.meta.url)
  const document = `${JSON.stringify(createOpenapiDocument(), null, 2)}\n`
  if (!options.includes('--check')) {
    writeFileSync(file, document)
    return 0
  }
  if (readIfPresent(file) === document) return 0
  console.error('openapi.json does not match the contract. Run `npm run openapi` and commit the file.')
  return 1
}

function readIfPresent(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

if (import.meta.main) process.exitCode = writeOpenapi(process.argv.slice(2))
