import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { lendTypescript5 } from '#cli/client/lend-typescript-5.ts'

// `node test/clients/generate-clients.ts <folder>`: writes the clients that each generator makes of the committed openapi.json.
const [target] = process.argv.slice(2)
if (!target) throw new Error('Name the folder to write to.')

lendTypescript5()

const input = join(import.meta.dirname, '../../openapi.json')
await generateOpenapiTypescript(target)
await generateHeyApi(target)
await generateOrval(target)

async function generateOpenapiTypescript(target: string) {
  const { default: toTypes, astToString } = await import('openapi-typescript')
  const schema = join(target, 'openapi-typescript/schema.ts')
  await mkdir(dirname(schema), { recursive: true })
  await writeFile(schema, astToString(await toTypes(JSON.parse(await readFile(input, 'utf8')))))
}

async function generateHeyApi(target: string) {
  const { createClient } = await import('@hey-api/openapi-ts')
  await createClient({
    input,
    output: join(target, 'hey-api'),
    plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch', 'zod'],
    logs: { level: 'silent' },
  })
}

async function generateOrval(target: string) {
  const { generate } = await import('orval')
  const mutator = { path: join(target, 'orval-fetch.ts'), name: 'apiFetch' }
  await generate({ input, output: { target: join(target, 'orval/fetch.ts'), client: 'fetch', override: { mutator } } })
  await generate({ input, output: { target: join(target, 'orval/zod.ts'), client: 'zod' } })
}
