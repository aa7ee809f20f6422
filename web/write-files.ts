import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildFiles } from './build-files.ts'

// `node web/write-files.ts <folder>`: writes the files for the edge's bucket.
const [folder] = process.argv.slice(2)
if (!folder) throw new Error('Name the folder to write to.')
for (const [path, body] of await buildFiles()) {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, body)
}
