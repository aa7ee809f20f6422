import { readFileSync, writeFileSync } from 'node:fs'
import { createOpenapiDocument } from './openapi/create-openapi-document.ts'
import { createPostmanCollection } from './openapi/create-postman-collection.ts'

/** Writes `openapi.json` and the Postman collection from the contract. With `--check` it only compares. Returns the exit code. */
export function writeOpenapi(options: readonly string[]): number {
  const document = createOpenapiDocument()
  // The collection is made from what readers of openapi.json get.
  const collection = createPostmanCollection(JSON.parse(JSON.stringify(document)))
  const files = { 'openapi.json': document, 'docs/postman-collection.json': collection }
  const outdated = Object.entries(files).filter(([path, content]) => readIfPresent(toFile(path)) !== print(content))
  if (!options.includes('--check')) {
    for (const [path, content] of outdated) writeFileSync(toFile(path), print(content))
    return 0
  }
  for (const [path] of outdated)
    console.error(`${path} does not match the contract. Run \`npm run openapi\` and commit the file.`)
  return outdated.length > 0 ? 1 : 0
}

function print(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`
}

function toFile(path: string): URL {
  return new URL(`../${path}`, import.meta.url)
}

function readIfPresent(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

if (import.meta.main) process.exitCode = writeOpenapi(process.argv.slice(2))
