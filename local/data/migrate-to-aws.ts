import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { BatchWriteCommand, type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { digestItem } from '#shared/store/engine/digest-item.ts'
import type { Item, Row } from '#shared/store/engine/engine.ts'
import { itemFromJson } from '#shared/store/engine/item-json.ts'
import { readSchemaVersion } from '#shared/store/engine/sqlite/sqlite-database.ts'
import type { Table } from '#shared/store/keys.ts'
import { schemaMigrations } from '#shared/store/schema-migrations.ts'
import { StartupError } from '../startup-error.ts'
import { databaseFile } from './data-folder.ts'

type MigrationOptions = {
  dataDir: string
  client: DynamoDBDocumentClient
  tableNames: { [T in Table]: string }
  progress: (table: Table, copiedRows: number, totalRows: number) => void
}
/** The contents of a table in any order: number of rows and sum of their digests. */
export type TableContents = { rows: number; digest: string }
export type MigrationResult = { [T in Table]: { local: TableContents; remote: TableContents } }

const names = ['catalog', 'leads'] as const satisfies readonly Table[]
const batchSize = 25
const maxTries = 12

/** Copies every row to DynamoDB, continuing an interrupted copy, and compares the contents of both sides. */
export async function migrateToAws({
  dataDir,
  client,
  tableNames,
  progress,
}: MigrationOptions): Promise<MigrationResult> {
  const database = new DatabaseSync(join(dataDir, databaseFile), { readOnly: true })
  try {
    if (readSchemaVersion(database) !== schemaMigrations.length)
      throw new StartupError(
        `${dataDir} was written by another version. Start a host of this version on it once, then run this again.`,
      )
    const checkpoints = openCheckpointFile(join(dataDir, 'moving.json'))
    for (const table of names) {
      const totalRows = countRows(database, table)
      let { pk, sk, copiedRows } = checkpoints.read()[table] ?? { pk: '', sk: '', copiedRows: 0 }
      for (;;) {
        const rows = readNextRows(database, table, { pk, sk })
        const last = rows.at(-1)
        if (!last) break
        await writeAll(client, tableNames[table], rows)
        ;({ pk, sk } = last)
        copiedRows += rows.length
        checkpoints.write(table, { pk, sk, copiedRows })
        progress(table, copiedRows, totalRows)
      }
    }
    const comparisons = names.map(async (table) => {
      const localDigest = createDigestSum()
      for (const { item } of database.prepare(`SELECT item FROM "${table}"`).iterate())
        localDigest.add(itemFromJson(String(item)))
      return [
        table,
        { local: localDigest.contents(), remote: await readRemoteContents(client, tableNames[table]) },
      ] as const
    })
    const [catalog, leads] = await Promise.all(comparisons)
    if (!catalog || !leads) throw new Error('A migration needs two tables.')
    return { catalog: catalog[1], leads: leads[1] }
  } finally {
    database.close()
  }
}

export function hasDifferences({ local, remote }: { local: TableContents; remote: TableContents }): boolean {
  return local.rows !== remote.rows || local.digest !== remote.digest
}

function countRows(database: DatabaseSync, table: Table): number {
  return Number(database.prepare(`SELECT count(*) AS rows FROM "${table}"`).get()?.rows)
}

function readNextRows(database: DatabaseSync, table: Table, { pk, sk }: { pk: string; sk: string }): Row[] {
  const sql = `SELECT item FROM "${table}" WHERE (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT ${batchSize}`
  return database
    .prepare(sql)
    .all(pk, sk)
    .map(({ item }) => itemFromJson(String(item)))
}

/** Sends unprocessed rows again with increasing delays. */
async function writeAll(client: DynamoDBDocumentClient, table: string, rows: readonly Row[]): Promise<void> {
  let pending: object[] = rows.map((Item) => ({ PutRequest: { Item } }))
  for (let attempt = 0; pending.length > 0; attempt++) {
    if (attempt === maxTries) throw new Error(`DynamoDB did not accept ${pending.length} rows of ${table}.`)
    if (attempt > 0) await sleep(50 * 2 ** attempt)
    const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems: { [table]: pending } }))
    pending = UnprocessedItems[table] ?? []
  }
}

async function readRemoteContents(client: DynamoDBDocumentClient, TableName: string): Promise<TableContents> {
  const remoteDigest = createDigestSum()
  let startKey: { [name: string]: unknown } | undefined
  do {
    const input = { TableName, ConsistentRead: true, ...(startKey && { ExclusiveStartKey: startKey }) }
    const page = await client.send(new ScanCommand(input))
    for (const item of page.Items ?? []) remoteDigest.add(item)
    startKey = page.LastEvaluatedKey
  } while (startKey)
  return remoteDigest.contents()
}

function createDigestSum() {
  let [rows, sum] = [0, 0n]
  return {
    add(item: Item) {
      rows += 1
      sum = (sum + BigInt(`0x${digestItem(item)}`)) % 2n ** 256n
    },
    contents: (): TableContents => ({ rows, digest: sum.toString(16).padStart(64, '0') }),
  }
}

const checkpointShape = z.partialRecord(
  z.enum(names),
  z.object({ pk: z.string(), sk: z.string(), copiedRows: z.int() }),
)

/** Stores the progress of a copy. It may lag behind, because copying a row twice is harmless. */
function openCheckpointFile(file: string) {
  const read = () => (existsSync(file) ? checkpointShape.parse(JSON.parse(readFileSync(file, 'utf8'))) : {})
  return {
    read,
    write(table: Table, checkpoint: { pk: string; sk: string; copiedRows: number }) {
      writeFileSync(`${file}.draft`, JSON.stringify({ ...read(), [table]: checkpoint }))
      renameSync(`${file}.draft`, file)
    },
  }
}
