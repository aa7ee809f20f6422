import { writeFileSync } from 'node:fs'
import { renderOwnDocsPages } from './render-own-docs-pages.ts'

// `node web/docs/write-docs-pages.ts <file>`: writes the API pages as JSON, which the catalog Lambda serves.
const [file] = process.argv.slice(2)
if (!file) throw new Error('Name the file to write, such as docs-pages.json.')
writeFileSync(file, JSON.stringify(renderOwnDocsPages()))
