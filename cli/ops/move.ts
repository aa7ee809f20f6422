import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { CannotStart } from '#local/cannot-start.ts'
import { isInUse, keptRoot } from '#local/data/data-folder.ts'
import { differs, moveToAws } from '#local/data/move-to-aws.ts'
import { bringToRest, stayHere } from '#local/data/moving.ts'
import { type Asking, agree, yes } from './agree.ts'
import type { Settings } from './connect.ts'
import { examples } from './examples.ts'
import { progress } from './progress.ts'
import { stop } from './stop.ts'
import { tell } from './tell.ts'

type Options = { dataDir: string; catalog: string; leads: string; secret?: string; json?: true }

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
  .option(...yes)
  .addHelpText('after', help)
  .addHelpText(
    ...examples(
      'move --to aws --data-dir /var/lib/prospectus --catalog <CatalogTable> --leads <LeadsTable> --secret <SecretArn>',
      'move --stay --data-dir /var/lib/prospectus',
    ),
  )
  .action(async (_: object, command: Command) => {
    const options: Options & Settings & Asking & { stay?: true } = command.optsWithGlobals()
    if (options.stay) return stay(options)
    if (!options.catalog || !options.leads) stop({ title: 'Name both tables: --catalog and --leads.', ends: 'usage' })
    await agree(
      `Copy all of ${options.dataDir} to ${options.catalog} and ${options.leads}? It writes nothing here meanwhile.`,
      options,
    )
    await run(options).catch((error: unknown) => {
      if (error instanceof CannotStart) stop({ title: error.message })
      stop({
        title: `It was broken off, and goes on when it is run again: ${error instanceof Error ? error.message : error}`,
      })
    })
  })

function stay(options: Options & Settings): void {
  stayHere(options.dataDir)
  tell(options, { stays: true }, 'The host writes again.')
}

async function run({ dataDir, catalog, leads, secret, json }: Options): Promise<void> {
  const root = keptRoot(dataDir)
  await bringToRest(dataDir, isInUse(dataDir))
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb')
  const { DynamoDBDocumentClient } = await import('@aws-sdk/lib-dynamodb')
  const client = DynamoDBDocumentClient.from(new DynamoDBClient())
  const bars = new Map<string, ReturnType<typeof progress>>()
  const follow = (table: string, done: number, all: number) => {
    const bar = bars.get(table) ?? progress(`rows of ${table}`, all)
    bars.set(table, bar)
    bar.at(done)
    if (done >= all) bar.end()
  }
  const moved = await moveToAws({
    dataDir,
    client,
    tableNames: { catalog, leads },
    progress: follow,
  })
  if (json) console.log(JSON.stringify(moved))
  for (const [table, sides] of Object.entries(moved)) {
    const { here, there } = sides
    if (!json)
      console.log(
        `${table}: ${here.rows} rows here, ${there.rows} there; digests ${here.digest.slice(0, 16)} and ${there.digest.slice(0, 16)}`,
      )
    if (differs(sides)) {
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
