import { writeFileSync } from 'node:fs'
import { renderOwnDocsPage } from './render-own-docs-page.ts'

// `node web/docs/write-docs-page.ts <file>`: writes the API page as JSON, which the catalog Lambda serves.
const [file] = process.argv.slice(2)
if (!file) throw new Error('Name the file to write, such as docs-page.json.')
writeFileSync(file, JSON.stringify(renderOwnDocsPage()))
