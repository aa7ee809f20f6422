import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { dynamodbEngine } from '#shared/store/engine/dynamodb/dynamodb.ts'
import { sqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { dynamodbTables } from '../../../dynamodb-tables.ts'
import { mapEngine } from '../../../map-engine.ts'
import type { Opened } from './contract.ts'
import { shapes } from './shapes.ts'

export async function openSqlite(path = ':memory:'): Promise<Opened> {
  const clock = settableClock()
  const engine = sqliteEngine({ path, shapes, now: clock.now })
  return { engine, setTime: clock.setTime, close: engine.close }
}

export async function openMaps(): Promise<Opened> {
  const clock = settableClock()
  const engine = mapEngine({ shapes, now: clock.now })
  return { engine, setTime: clock.setTime, close: async () => {} }
}

export async function openSqliteOnDisk(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-engine-'))
  const opened = await openSqlite(join(folder, 'engine.db'))
  const close = async () => {
    await opened.close()
    rmSync(folder, { recursive: true })
  }
  return { ...opened, close }
}

export async function openDynamodb(endpoint: string): Promise<Opened> {
  const clock = settableClock()
  const { client, tableNames, connection } = await dynamodbTables(endpoint, shapes)
  const engine = dynamodbEngine({ client, tableNames, shapes, now: clock.now, sleep, random: Math.random })
  return { engine, setTime: clock.setTime, close: async () => connection.destroy() }
}

function settableClock() {
  let time = new Date()
  const setTime = (instant: string) => {
    time = new Date(instant)
  }
  return { now: () => time, setTime }
}
