import { readFileSync, writeFileSync } from 'node:fs'
import { createOpenapiDocument } from './openapi/create-openapi-document.ts'

/** Writes `openapi.json` from the contract; with `--check` it only says whether the file is as it would be written. */
export function writeOpenapi(options: readonly string[]): number {
  const file = new URL('../openapi.json', import.meta.url)
  const document = `${JSON.stringify(createOpenapiDocument(), null, 2)}\n`
  if (!options.includes('--check')) {
    writeFileSync(file, document)
    return 0
  }
  if (readIfPresent(file) === document) return 0
  console.error('openapi.json is not what the contract says. Run `npx node cli/write-openapi.ts` and commit the file.')
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
