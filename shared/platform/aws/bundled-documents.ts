import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

/** The API page that the build wrote next to the bundle of this Lambda. */
export async function loadBundledDocsPages() {
  return docsPages.parse(await readJson('docs-pages.json'))
}

let bundledOpenapi: { [name: string]: unknown } | undefined

/** The OpenAPI document that the build copied next to the bundle of this Lambda, read once. */
export async function loadBundledOpenapi(): Promise<{ [name: string]: unknown }> {
  bundledOpenapi ??= openapi.parse(await readJson('openapi.json'))
  return bundledOpenapi
}

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(import.meta.dirname, name), 'utf8'))
}

const openapi = z.record(z.string(), z.unknown())
const docsPages = z.object({ pages: z.record(z.string(), z.string()), contentSecurityPolicy: z.string() })
