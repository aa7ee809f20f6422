import { Command } from 'commander'
import { here } from '#shared/runtime/here.ts'
import { makeKey } from '#shared/runtime/make-key.ts'
import { keyRing } from '#shared/store/key-ring.ts'
import { stop } from './connect.ts'

type Options = { table: string; name: string; json?: boolean }

export const firstKey = new Command('first')
  .description('Make a staff key for a deployed stack, with AWS credentials. It is shown once and kept as a hash.')
  .requiredOption('--table <name>', 'the catalog table: output CatalogTable of the storage stack')
  .option('--name <name>', 'what it is for; at most two live keys of staff have the same name', 'first')
  .addHelpText('after', '\nExample:\n  npm run ops -- keys first --table prospectus-dev-storage-Catalog...')
  .action(async (_: object, command: Command) => {
    const { table, name, json }: Options = command.optsWithGlobals()
    const { engineOnAws } = await import('#shared/runtime/on-aws.ts')
    const needs = { ...here, keyRing: keyRing(engineOnAws({ CATALOG_TABLE: table })) }
    const made = await makeKey({ holder: { caller: 'operator' }, scope: 'admin', name }, needs).catch(
      (error: unknown) =>
        stop({ title: `The table cannot be written: ${error instanceof Error ? error.message : error}` }),
    )
    if (typeof made === 'string')
      stop({ title: `There are two live keys named "${name}". Revoke one, or give --name another.` })
    console.log(json ? JSON.stringify({ key: made.key }) : made.key)
  })
