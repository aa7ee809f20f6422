import { Command } from 'commander'
import { newAccessKey } from '#shared/runtime/access-keys.ts'
import { sha256 } from '#shared/runtime/digests.ts'
import { here } from '#shared/runtime/here.ts'
import { credentials } from '#shared/store/credentials.ts'
import { stop } from './connect.ts'

type Options = { table: string; json?: boolean }

export const firstKey = new Command('first-key')
  .description('Make a staff key for a deployed stack, with AWS credentials. It is shown once and kept as a hash.')
  .requiredOption('--table <name>', 'the catalog table: output CatalogTable of the storage stack')
  .addHelpText('after', '\nExample:\n  npm run ops -- first-key --table prospectus-dev-storage-Catalog...')
  .action(async (_: object, command: Command) => {
    const { table, json }: Options = command.optsWithGlobals()
    const { engineOnAws } = await import('#shared/runtime/on-aws.ts')
    const key = newAccessKey('ok', here.randomBytes)
    await credentials(engineOnAws({ CATALOG_TABLE: table }))
      .saveKey(sha256(key), { caller: 'operator' })
      .catch((error: unknown) =>
        stop({ title: `The table cannot be written: ${error instanceof Error ? error.message : error}` }),
      )
    console.log(json ? JSON.stringify({ key }) : key)
  })
