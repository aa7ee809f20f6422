import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { databaseFile } from '#local/data/data-folder.ts'
import { here } from '#shared/platform/here.ts'
import { keyRing } from '#shared/store/access/key-ring.ts'
import { sqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { tables } from '#shared/store/keys.ts'
import { makeKey } from '#shared/workflows/access/make-key.ts'
import { examples } from './examples.ts'
import { stop } from './stop.ts'

type Options = { table?: string; dataDir?: string; name: string; json?: boolean }

export const firstKey = new Command('first')
  .description('Make a staff key where there is none yet. It is shown once and kept as a hash.')
  .option('--table <name>', 'of a deployed stack, with AWS credentials: output CatalogTable of the storage stack')
  .option('--data-dir <folder>', 'of a host on this machine: its DATA_DIR')
  .option('--name <name>', 'what it is for; at most two live keys of staff have the same name', 'first')
  .addHelpText(
    ...examples('keys first --table prospectus-dev-storage-Catalog...', 'keys first --data-dir /var/lib/prospectus'),
  )
  .action(async (_: object, command: Command) => {
    const { table, dataDir, name, json }: Options = command.optsWithGlobals()
    const engine = await engineOf({ table, dataDir })
    const needs = { ...here, keyRing: keyRing(engine) }
    const made = await makeKey({ holder: { caller: 'operator' }, scope: 'admin', name }, needs).catch(
      (error: unknown) =>
        stop({ title: `The table cannot be written: ${error instanceof Error ? error.message : error}` }),
    )
    if (typeof made === 'string')
      stop({ title: `There are two live keys named "${name}". Revoke one, or give --name another.` })
    console.log(json ? JSON.stringify({ key: made.key }) : made.key)
  })

async function engineOf({ table, dataDir }: { table: string | undefined; dataDir: string | undefined }) {
  if (table !== undefined) {
    const { engineOnAws } = await import('#shared/platform/on-aws.ts')
    return engineOnAws({ CATALOG_TABLE: table })
  }
  const path = dataDir === undefined ? undefined : join(dataDir, databaseFile)
  if (path === undefined || !existsSync(path))
    return stop({
      title: 'Name what the key is for: --table of a deployed stack, or --data-dir of a host that has been started.',
      ends: 'usage',
    })
  return sqliteEngine({ path, shapes: tables, now: here.now })
}
