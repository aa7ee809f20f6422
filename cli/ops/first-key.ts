import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { backUpBeforeUpgrade, needsUpgrade } from '#local/data/back-up-before-upgrade.ts'
import { databaseFile, isInUse } from '#local/data/data-folder.ts'
import { describeHold, readHold } from '#local/data/hold.ts'
import { openDatabaseFile } from '#local/data/open-database.ts'
import { StartupError } from '#local/startup-error.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { keyRing } from '#shared/store/access/key-ring.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { tables } from '#shared/store/keys.ts'
import { schemaMigrations } from '#shared/store/schema-migrations.ts'
import { issueKey } from '#shared/workflows/access/issue-key.ts'
import { formatExamples } from './format-examples.ts'
import { stop } from './stop.ts'

type EngineOptions = { table: string | undefined; leadsTable: string | undefined; dataDir: string | undefined }
type FirstKeyOptions = Partial<EngineOptions> & { name: string; another?: true; json?: boolean }

export const firstKey = new Command('first')
  .description('Create the first staff key. It is shown once and stored as a hash. Refused if there is a staff key.')
  .option('--table <name>', 'for a deployed stack, with AWS credentials: output CatalogTable of the storage stack')
  .option(
    '--leads-table <name>',
    'with --table: output LeadsTable, for the audit entry; absent: that of the same stack',
  )
  .option('--data-dir <folder>', 'for a host on this machine: its DATA_DIR')
  .option('--name <name>', 'name of the key; at most two active staff keys have the same name', 'first')
  .option('--another', 'create a key even if there are active staff keys, because they are all lost')
  .addHelpText(
    ...formatExamples(
      'keys first --table prospectus-dev-storage-Catalog...',
      'keys first --data-dir /var/lib/prospectus',
    ),
  )
  .action(async (_: object, command: Command) => {
    const { table, leadsTable, dataDir, name, another, json }: FirstKeyOptions = command.optsWithGlobals()
    const engine = await openEngine({ table, leadsTable, dataDir })
    // The entry of a key holds no secret, so its digests need no key of the service.
    const deps = { ...systemDependencies, keyRing: keyRing(engine), digests: { hashAuditValue: sha256 } }
    const actor = { kind: 'system', name: 'ops keys first' } as const
    const result = await issueKey({ holder: { caller: 'operator' }, scope: 'admin', name }, deps, {
      actor,
      onlyIfFirst: another !== true,
    }).catch((error: unknown) =>
      stop({ title: `Could not write to the table: ${error instanceof Error ? error.message : error}` }),
    )
    if (result === 'not-first')
      stop({
        title:
          'There is already an active staff key. Use it to create others: keys create. If it is lost, pass --another, then revoke the old one.',
      })
    if (typeof result === 'string')
      stop({ title: `There are already two active keys named "${name}". Revoke one, or choose another --name.` })
    console.log(json ? JSON.stringify({ key: result.key }) : result.key)
  })

async function openEngine({ table, leadsTable, dataDir }: EngineOptions) {
  if (table !== undefined) {
    const { createEngineOnAws: engineOnAws } = await import('#shared/platform/on-aws.ts')
    return engineOnAws({
      CATALOG_TABLE: table,
      LEADS_TABLE: leadsTable ?? (await findLeadsTable(table)),
      MAINTENANCE: 'off',
    })
  }
  const path = dataDir === undefined ? undefined : join(dataDir, databaseFile)
  if (path === undefined || !existsSync(path))
    return stop({
      title: 'Pass --table of a deployed stack, or --data-dir of a host that has been started once.',
      ends: 'usage',
    })
  try {
    return openDatabaseFile(
      path,
      () => createSqliteEngine({ path, shapes: tables, migrations: schemaMigrations, now: systemDependencies.now }),
      () => prepareUpgrade(dirname(path)),
    )
  } catch (error) {
    if (error instanceof StartupError) return stop({ title: error.message })
    throw error
  }
}

/** Opening migrates the rows, under which a running host of an older version would fail. */
function prepareUpgrade(folder: string): void {
  const hold = readHold(join(folder, databaseFile))
  if (hold) throw new StartupError(`${describeHold(hold)} Settle it first: npm run ops -- settle --help`)
  if (!needsUpgrade(join(folder, databaseFile))) return
  if (isInUse(folder))
    throw new StartupError(`A host of an older version runs on ${folder}. Stop it, and start this version once.`)
  const copy = backUpBeforeUpgrade(folder)
  if (copy) console.error(`The data are migrated to this version; a backup is in ${copy.folder}.`)
}

/** Finds the Leads table of the stack that has a Catalog table: `{stack}-Leads...` beside `{stack}-Catalog...`. */
async function findLeadsTable(catalogTable: string): Promise<string> {
  const { DynamoDBClient, paginateListTables } = await import('@aws-sdk/client-dynamodb')
  const [stack = ''] = catalogTable.split('-Catalog')
  const names: string[] = []
  try {
    for await (const page of paginateListTables({ client: new DynamoDBClient() }, {}))
      names.push(...(page.TableNames ?? []).filter((name) => name.startsWith(`${stack}-Leads`)))
  } catch (error) {
    stop({ title: `Could not list the tables: ${error instanceof Error ? error.message : error}. Pass --leads-table.` })
  }
  const [leadsTable, ...others] = names
  if (leadsTable === undefined || others.length > 0)
    return stop({
      title: `Found ${names.length} Leads tables beside ${catalogTable}. Pass --leads-table.`,
      ends: 'usage',
    })
  return leadsTable
}
