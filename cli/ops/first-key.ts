import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { databaseFile } from '#local/data/data-folder.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { keyRing } from '#shared/store/access/key-ring.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { tables } from '#shared/store/keys.ts'
import { issueKey } from '#shared/workflows/access/issue-key.ts'
import { formatExamples } from './format-examples.ts'
import { stop } from './stop.ts'

type FirstKeyOptions = { table?: string; dataDir?: string; name: string; json?: boolean }

export const firstKey = new Command('first')
  .description('Make a staff key where there is none yet. It is shown once and kept as a hash.')
  .option('--table <name>', 'of a deployed stack, with AWS credentials: output CatalogTable of the storage stack')
  .option('--data-dir <folder>', 'of a host on this machine: its DATA_DIR')
  .option('--name <name>', 'what it is for; at most two live keys of staff have the same name', 'first')
  .addHelpText(
    ...formatExamples(
      'keys first --table prospectus-dev-storage-Catalog...',
      'keys first --data-dir /var/lib/prospectus',
    ),
  )
  .action(async (_: object, command: Command) => {
    const { table, dataDir, name, json }: FirstKeyOptions = command.optsWithGlobals()
    const engine = await openEngine({ table, dataDir })
    const deps = { ...systemDependencies, keyRing: keyRing(engine) }
    const result = await issueKey({ holder: { caller: 'operator' }, scope: 'admin', name }, deps).catch(
      (error: unknown) =>
        stop({ title: `The table cannot be written: ${error instanceof Error ? error.message : error}` }),
    )
    if (typeof result === 'string')
      stop({ title: `There are two live keys named "${name}". Revoke one, or give --name another.` })
    console.log(json ? JSON.stringify({ key: result.key }) : result.key)
  })

async function openEngine({ table, dataDir }: { table: string | undefined; dataDir: string | undefined }) {
  if (table !== undefined) {
    const { createEngineOnAws: engineOnAws } = await import('#shared/platform/on-aws.ts')
    return engineOnAws({ CATALOG_TABLE: table })
  }
  const path = dataDir === undefined ? undefined : join(dataDir, databaseFile)
  if (path === undefined || !existsSync(path))
    return stop({
      title: 'Name what the key is for: --table of a deployed stack, or --data-dir of a host that has been started.',
      ends: 'usage',
    })
  return createSqliteEngine({ path, shapes: tables, now: systemDependencies.now })
}
