import { buildFiles } from './build-files.ts'
import { writeFiles } from './built-files.ts'

// `node web/write-files.ts <folder>`: writes the files for the edge's bucket.
const [folder] = process.argv.slice(2)
if (!folder) throw new Error('Name the folder to write to.')
writeFiles(folder, (await buildFiles()).files)
