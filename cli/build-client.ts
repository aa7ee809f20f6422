import { resolve } from 'node:path'
import { writeClientPackage } from './client/write-client-package.ts'

// `npm run build:client -- <folder>`: writes the package for publishers, ready for `npm pack`.
const [folder = 'dist/client'] = process.argv.slice(2)
await writeClientPackage(folder)
console.log(`Wrote ${folder}. Next: npm pack ${resolve(folder)}`)
