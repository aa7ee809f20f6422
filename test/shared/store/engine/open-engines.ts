import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAwsJsonClient } from '#shared/platform/aws/create-aws-json-client.ts'
import { createSendHttp } from '#shared/platform/aws/create-send-http.ts'
import { createDynamodbEngine } from '#shared/store/engine/dynamodb/dynamodb.ts'
import { createDynamodbReads } from '#shared/store/engine/dynamodb/dynamodb-reads.ts'
import { createSignedReadCalls } from '#shared/store/engine/dynamodb/signed-read-calls.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { dynamodbTables } from '../../../dynamodb-tables.ts'
import { mapEngine } from '../../../map-engine.ts'
import type { OpenEngine } from './shapes.ts'
import { shapes } from './shapes.ts'

type OpenSqliteOptions = { path?: string; remembered?: readonly (keyof typeof shapes)[] }

export async function openSqlite({ path = ':memory:', remembered = [] }: OpenSqliteOptions = {}): Promise<OpenEngine> {
  const clock = settableClock()
  const engine = createSqliteEngine({ path, shapes, remembered, now: clock.now })
  return { engine, setTime: clock.setTime, close: engine.close }
}

export async function openMaps(): Promise<OpenEngine> {
  const clock = settableClock()
  const engine = mapEngine({ shapes, now: clock.now })
  return { engine, setTime: clock.setTime, close: async () => {} }
}

export async function openSqliteOnDisk(): Promise<OpenEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-engine-'))
  const opened = await openSqlite({ path: join(folder, 'engine.db') })
  const close = async () => {
    await opened.close()
    rmSync(folder, { recursive: true })
  }
  return { ...opened, close }
}

export async function openDynamodb(endpoint: string): Promise<OpenEngine> {
  const clock = settableClock()
  const { client, tableNames, connection } = await dynamodbTables(endpoint, shapes)
  const engine = createDynamodbEngine({ client, tableNames, shapes, now: clock.now, sleep, random: Math.random })
  return { engine, setTime: clock.setTime, close: async () => connection.destroy() }
}

/** Writes as `openDynamodb`, and reads as a Lambda that only reads. */
export async function openSignedReads(endpoint: string): Promise<OpenEngine> {
  const clock = settableClock()
  const { client, tableNames, connection } = await dynamodbTables(endpoint, shapes)
  const settings = { client, tableNames, shapes, now: clock.now, sleep, random: Math.random }
  const call = createAwsJsonClient({
    service: 'dynamodb',
    region: 'us-east-1',
    endpoint,
    credentials: () => ({ accessKeyId: 'local', secretAccessKey: 'local' }),
    send: createSendHttp({ timeoutMs: 10_000 }),
    now: () => new Date(),
    sleep,
    random: Math.random,
  })
  const reads = createDynamodbReads({ ...settings, calls: createSignedReadCalls(call) })
  const engine = { ...createDynamodbEngine(settings), ...reads }
  return { engine, setTime: clock.setTime, close: async () => connection.destroy() }
}

function settableClock() {
  let time = new Date()
  const setTime = (instant: string) => {
    time = new Date(instant)
  }
  return { now: () => time, setTime }
}
