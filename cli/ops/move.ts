import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { isInUse, readRootSecret } from '#local/data/data-folder.ts'
import { hasDifferences, migrateToAws } from '#local/data/migrate-to-aws.ts'
import { cancelMigration, quiesce } from '#local/data/migration.ts'
import { StartupError } from '#local/startup-error.ts'
import type { GlobalOptions } from './connect.ts'
import { formatExamples } from './format-examples.ts'
import { printResult } from './print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from './require-confirmation.ts'
import { startProgressBar } from './start-progress-bar.ts'
import { stop } from './stop.ts'

type MoveOptions = { dataDir: string; catalog: string; leads: string; secret?: string; json?: true }

const help = `
The host may go on running: it answers 503 to whatever would write, and rests. A move that was broken off goes on where it
was. When it has ended well, point your domain at AWS and stop the host; "move --stay" lets the host write again instead.`

export const move = new Command('move')
  .description('Move everything from one machine to a deployed stack, with AWS credentials.')
  .addOption(new Option('--to <place>', 'where to').choices(['aws']).default('aws'))
  .requiredOption('--data-dir <folder>', 'the DATA_DIR of the host (or DATA_DIR)', process.env.DATA_DIR)
  .option('--catalog <table>', 'output CatalogTable of the storage stack')
  .option('--leads <table>', 'output LeadsTable of the storage stack')
  .option('--secret <arn>', 'output SecretArn: gets what all keys and look-ups here are made from')
  .option('--stay', 'do not move after all: the host writes again')
  .option(...yesOption)
  .addHelpText('after', help)
  .addHelpText(
    ...formatExamples(
      'move --to aws --data-dir /var/lib/prospectus --catalog <CatalogTable> --leads <LeadsTable> --secret <SecretArn>',
      'move --stay --data-dir /var/lib/prospectus',
    ),
  )
  .action(async (_: object, command: Command) => {
    const options: MoveOptions & GlobalOptions & ConfirmOptions & { stay?: true } = command.optsWithGlobals()
    if (options.stay) return cancelMove(options)
    if (!options.catalog || !options.leads) stop({ title: 'Name both tables: --catalog and --leads.', ends: 'usage' })
    await requireConfirmation(
      `Copy all of ${options.dataDir} to ${options.catalog} and ${options.leads}? It writes nothing here meanwhile.`,
      options,
    )
    await migrate(options).catch((error: unknown) => {
      if (error instanceof StartupError) stop({ title: error.message })
      stop({
        title: `It was broken off, and goes on when it is run again: ${error instanceof Error ? error.message : error}`,
      })
    })
  })

function cancelMove(options: MoveOptions & GlobalOptions): void {
  cancelMigration(options.dataDir)
  printResult(options, { stays: true }, 'The host writes again.')
}

async function migrate({ dataDir, catalog, leads, secret, json }: MoveOptions): Promise<void> {
  const root = readRootSecret(dataDir)
  await quiesce(dataDir, isInUse(dataDir))
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb')
  const { DynamoDBDocumentClient } = await import('@aws-sdk/lib-dynamodb')
  const client = DynamoDBDocumentClient.from(new DynamoDBClient())
  const bars = new Map<string, ReturnType<typeof startProgressBar>>()
  const onProgress = (table: string, copiedRows: number, totalRows: number) => {
    const bar = bars.get(table) ?? startProgressBar(`rows of ${table}`, totalRows)
    bars.set(table, bar)
    bar.update(copiedRows)
    if (copiedRows >= totalRows) bar.end()
  }
  const result = await migrateToAws({
    dataDir,
    client,
    tableNames: { catalog, leads },
    progress: onProgress,
  })
  if (json) console.log(JSON.stringify(result))
  for (const [table, comparison] of Object.entries(result)) {
    const { local: here, remote: there } = comparison
    if (!json)
      console.log(
        `${table}: ${here.rows} rows here, ${there.rows} there; digests ${here.digest.slice(0, 16)} and ${there.digest.slice(0, 16)}`,
      )
    if (hasDifferences(comparison)) {
      rmSync(join(dataDir, 'moving.json'), { force: true })
      stop({
        title: `What is in ${table} differs. Were its tables empty before? Run it again to copy all of it once more.`,
      })
    }
  }
  if (secret === undefined)
    return void console.error('The secret was not moved: no key from here works there until it is (--secret).')
  const { PutSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager')
  await new SecretsManagerClient().send(
    new PutSecretValueCommand({ SecretId: secret, SecretString: JSON.stringify({ root }) }),
  )
}
