import { flushCompileCache } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { startHost } from '#local/host.ts'
import type { Log } from '#shared/platform/log.ts'
import { createDynamodbEngine } from '#shared/store/engine/dynamodb/dynamodb.ts'
import { createSqliteEngine, type SqliteEngine, type SqliteSettings } from '#shared/store/engine/sqlite/sqlite.ts'
import { type Table, tables } from '#shared/store/keys.ts'
import { type HostReady, hostSettings } from './host-settings.ts'
import { sabotageEngine } from './sabotage-engine.ts'

/** The local host in its own process, so that tests can kill it. It ends with its parent. */
const settings = hostSettings.parse(JSON.parse(process.argv[2] ?? ''))
const { dataDir, aheadSeconds, earlyQueue, deliveryThread, dynamodb, sabotage } = settings
process.stdin.on('end', () => process.exit()).resume()

const log: Log = (event, fields) => {
  if (event === 'request.faulted') process.stderr.write(`${JSON.stringify(fields)}\n`)
}
const { urls, keys } = await startHost({
  port: 0,
  dataDir,
  earlyQueue,
  // The thread opens SQLite itself.
  deliveryThread: deliveryThread && !dynamodb && !sabotage,
  log,
  now: () => new Date(Date.now() + aheadSeconds * 1000),
  periods: { sweep: 1 },
  createEngine: (engineSettings) =>
    sabotageEngine(
      sabotage,
      dynamodb ? createHostEngine(dynamodb, engineSettings) : createSqliteEngine(engineSettings),
    ),
})
const ready: HostReady = { api: urls.api, operatorKey: keys.operator }
process.stdout.write(`${JSON.stringify(ready)}\n`)
// Speeds up the next start after a kill.
setImmediate(flushCompileCache)

type DynamodbHostSettings = NonNullable<z.output<typeof hostSettings>['dynamodb']>

function createHostEngine(
  { endpoint, tableNames }: DynamodbHostSettings,
  { now }: SqliteSettings<Table>,
): SqliteEngine<Table> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const connection = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials })
  const engine = createDynamodbEngine({
    client: DynamoDBDocumentClient.from(connection),
    tableNames: z.object({ catalog: z.string(), leads: z.string() }).parse(tableNames),
    shapes: tables,
    now,
    sleep,
    random: Math.random,
  })
  return {
    ...engine,
    removeExpired: async () => 0,
    writeTogether: (work) => work(),
    close: async () => connection.destroy(),
  }
}
