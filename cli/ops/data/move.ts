import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { databaseFile, isInUse, readRootSecret } from '#local/data/data-folder.ts'
import { describeHold, readHold } from '#local/data/hold.ts'
import { hasDifferences, migrateToAws } from '#local/data/migrate-to-aws.ts'
import { cancelMigration, quiesce } from '#local/data/migration.ts'
import { readSecretsKey } from '#local/data/secrets-file.ts'
import { StartupError } from '#local/startup-error.ts'
import type { GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { startProgressBar } from '../start-progress-bar.ts'
import { stop } from '../stop.ts'

type MoveOptions = { dataDir: string; catalog: string; leads: string; secret?: string; json?: true }

const help = `
The host may keep running: it answers writes with 503 and delivers nothing until the move ends. An interrupted move continues where
it stopped. After a successful move, point your domain at AWS and stop the host, or run "move --cancel" to let the host write again.`

export const move = new Command('move')
  .description('Migrate all data from this machine to a deployed stack, with AWS credentials.')
  .addOption(new Option('--to <place>', 'target of the migration').choices(['aws']).default('aws'))
  .requiredOption('--data-dir <folder>', 'the DATA_DIR of the host (or DATA_DIR)', process.env.DATA_DIR)
  .option('--catalog <table>', 'output CatalogTable of the storage stack')
  .option('--leads <table>', 'output LeadsTable of the storage stack')
  .option(
    '--secret <arn>',
    'output SecretArn of the storage stack: receives the root secret, from which all keys are derived',
  )
  .option('--cancel', 'cancel the migration: the host accepts writes again')
  .option(...yesOption)
  .addHelpText('after', help)
  .addHelpText(
    ...formatExamples(
      'move --to aws --data-dir /var/lib/prospectus --catalog <CatalogTable> --leads <LeadsTable> --secret <SecretArn>',
      'move --cancel --data-dir /var/lib/prospectus',
    ),
  )
  .action(async (_: object, command: Command) => {
    const options: MoveOptions & GlobalOptions & ConfirmOptions & { cancel?: true } = command.optsWithGlobals()
    if (options.cancel) return cancelMove(options)
    if (!options.catalog || !options.leads) stop({ title: 'Pass both tables: --catalog and --leads.', ends: 'usage' })
    await requireConfirmation(
      `Copy all data of ${options.dataDir} to ${options.catalog} and ${options.leads}? The host accepts no writes meanwhile.`,
      options,
    )
    await migrate(options).catch((error: unknown) => {
      if (error instanceof StartupError) stop({ title: error.message })
      stop({
        title: `The migration was interrupted. Run it again to continue. ${error instanceof Error ? error.message : error}`,
      })
    })
  })

function cancelMove(options: MoveOptions & GlobalOptions): void {
  cancelMigration(options.dataDir)
  printResult(options, { canceled: true }, 'Canceled. The host accepts writes again.')
}

async function migrate({ dataDir, catalog, leads, secret, json }: MoveOptions): Promise<void> {
  const root = readRootSecret(dataDir, readSecretsKey(process.env.SECRETS_KEY_FILE, dataDir))
  const hold = readHold(join(dataDir, databaseFile))
  if (hold) throw new StartupError(`${describeHold(hold)} Settle it first: npm run ops -- settle --help`)
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
        `${table}: ${here.rows} rows on this machine, ${there.rows} on AWS; digests ${here.digest.slice(0, 16)} and ${there.digest.slice(0, 16)}`,
      )
    if (hasDifferences(comparison)) {
      rmSync(join(dataDir, 'moving.json'), { force: true })
      stop({
        title: `The rows of ${table} differ. Check that the target tables were empty, and run it again to copy everything again.`,
      })
    }
  }
  if (secret === undefined)
    return void console.error(
      'The root secret was not copied. Keys of this machine do not work on AWS until you run this again with --secret.',
    )
  const { PutSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager')
  await new SecretsManagerClient().send(
    new PutSecretValueCommand({ SecretId: secret, SecretString: JSON.stringify({ root }) }),
  )
}
