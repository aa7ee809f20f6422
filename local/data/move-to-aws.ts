import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { BatchWriteCommand, type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Item, Row, Value } from '#shared/store/engine/engine.ts'
import { itemFromJson } from '#shared/store/engine/item-json.ts'
import type { Table } from '#shared/store/keys.ts'
import { databaseFile } from './data-folder.ts'

type Move = {
  dataDir: string
  client: DynamoDBDocumentClient
  tableNames: { [T in Table]: string }
  progress: (table: Table, done: number, all: number) => void
}
/** What a table holds, whatever the order: how many rows, and the sum of their digests. */
export type Contents = { rows: number; digest: string }
export type Moved = { [T in Table]: { here: Contents; there: Contents } }

const names = ['catalog', 'leads'] as const satisfies readonly Table[]
const atOnce = 25
const mostTries = 12

/** Copies every row to DynamoDB, from where an earlier copy ended, and compares both sides row by row. */
export async function moveToAws({ dataDir, client, tableNames, progress }: Move): Promise<Moved> {
  const database = new DatabaseSync(join(dataDir, databaseFile), { readOnly: true })
  try {
    const reached = progressFile(join(dataDir, 'moving.json'))
    for (const table of names) {
      const all = countOf(database, table)
      let { pk, sk, done } = reached.read()[table] ?? { pk: '', sk: '', done: 0 }
      for (;;) {
        const rows = rowsAfter(database, table, { pk, sk })
        const last = rows.at(-1)
        if (!last) break
        await writeAll(client, tableNames[table], rows)
        ;({ pk, sk } = last)
        done += rows.length
        reached.write(table, { pk, sk, done })
        progress(table, done, all)
      }
    }
    const compared = names.map(async (table) => {
      const here = summed()
      for (const { item } of database.prepare(`SELECT item FROM "${table}"`).iterate())
        here.add(itemFromJson(String(item)))
      return [table, { here: here.contents(), there: await contentsOf(client, tableNames[table]) }] as const
    })
    const [catalog, leads] = await Promise.all(compared)
    if (!catalog || !leads) throw new Error('There are two tables.')
    return { catalog: catalog[1], leads: leads[1] }
  } finally {
    database.close()
  }
}

export function differs({ here, there }: { here: Contents; there: Contents }): boolean {
  return here.rows !== there.rows || here.digest !== there.digest
}

function countOf(database: DatabaseSync, table: Table): number {
  return Number(database.prepare(`SELECT count(*) AS rows FROM "${table}"`).get()?.rows)
}

function rowsAfter(database: DatabaseSync, table: Table, { pk, sk }: { pk: string; sk: string }): Row[] {
  const sql = `SELECT item FROM "${table}" WHERE (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT ${atOnce}`
  return database
    .prepare(sql)
    .all(pk, sk)
    .map(({ item }) => itemFromJson(String(item)))
}

/** What DynamoDB does not take at once is sent again, each time later. */
async function writeAll(client: DynamoDBDocumentClient, table: string, rows: readonly Row[]): Promise<void> {
  let left: object[] = rows.map((Item) => ({ PutRequest: { Item } }))
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt === mostTries) throw new Error(`DynamoDB does not take ${left.length} rows of ${table}.`)
    if (attempt > 0) await sleep(50 * 2 ** attempt)
    const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems: { [table]: left } }))
    left = UnprocessedItems[table] ?? []
  }
}

async function contentsOf(client: DynamoDBDocumentClient, TableName: string): Promise<Contents> {
  const sum = summed()
  let after: { [name: string]: unknown } | undefined
  do {
    const input = { TableName, ConsistentRead: true, ...(after && { ExclusiveStartKey: after }) }
    const page = await client.send(new ScanCommand(input))
    for (const item of page.Items ?? []) sum.add(item)
    after = page.LastEvaluatedKey
  } while (after)
  return sum.contents()
}

function summed() {
  let [rows, sum] = [0, 0n]
  return {
    add(item: Item) {
      rows += 1
      sum = (sum + BigInt(`0x${createHash('sha256').update(canonical(item)).digest('hex')}`)) % 2n ** 256n
    },
    contents: (): Contents => ({ rows, digest: sum.toString(16).padStart(64, '0') }),
  }
}

/** The same text for the same item, in whatever order its attributes come. */
function canonical(value: Value): string {
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('base64')}`
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`
}

const reachedShape = z.partialRecord(z.enum(names), z.object({ pk: z.string(), sk: z.string(), done: z.int() }))

/** How far a copy has come. It is behind the truth at worst: what is copied twice is the same. */
function progressFile(file: string) {
  const read = () => (existsSync(file) ? reachedShape.parse(JSON.parse(readFileSync(file, 'utf8'))) : {})
  return {
    read,
    write(table: Table, reached: { pk: string; sk: string; done: number }) {
      writeFileSync(`${file}.draft`, JSON.stringify({ ...read(), [table]: reached }))
      renameSync(`${file}.draft`, file)
    },
  }
}
