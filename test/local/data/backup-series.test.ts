import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { restore } from '#local/data/backup.ts'
import { addToSeries, readLastBackupTime } from '#local/data/backup-series.ts'
import { openFolder } from '#local/data/open-folder.ts'
import { createBackupTask } from '#local/workers/create-backup-task.ts'
import type { LogEvents } from '#shared/platform/log.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'

let root: string
let dataDir: string
let into: string
const events: [name: keyof LogEvents, fields: object][] = []
const start = new Date('2026-11-29T12:00:00Z')
const onDay = (day: number) => new Date(start.getTime() + day * 24 * 60 * 60 * 1000)
const key = 'k'.repeat(40)
const person = 'ada.lovelace@mail.example'

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'prospectus-series-'))
  dataDir = join(root, 'data')
  into = join(root, 'backups')
  events.length = 0
  const { engine, release } = await openFolder({
    dataDir,
    mode: 'serve',
    createEngine: createSqliteEngine,
    now: () => start,
    log: () => {},
  })
  for (let i = 0; i < 500; i += 1)
    await engine.transact([{ in: 'leads', put: { pk: `LEAD#${i}`, sk: 'LEAD', person, note: 'x'.repeat(3000) } }])
  await release()
})
afterEach(() => rmSync(root, { recursive: true }))

function readRows(folder: string): unknown[] {
  const database = new DatabaseSync(join(folder, 'prospectus.db'))
  const rows = ['catalog', 'leads'].flatMap((table) => database.prepare(`SELECT * FROM ${table} ORDER BY pk, sk`).all())
  database.close()
  return rows
}

describe('a series of backups', () => {
  it('keeps the latest, and leaves other files alone', () => {
    for (let day = 0; day < 4; day += 1) {
      const { removed } = addToSeries({ dataDir, into, keep: 2, now: onDay(day) })
      expect(removed).toBe(day < 2 ? 0 : 1)
      if (day === 0) writeFileSync(join(into, 'notes.txt'), 'of staff')
    }
    expect(readdirSync(into)).toEqual(['2026-12-01T12-00-00Z', '2026-12-02T12-00-00Z', 'notes.txt'])
    expect(readLastBackupTime(dataDir)).toBe(onDay(3).toISOString())
  })

  it('removes none if the next one fails', () => {
    addToSeries({ dataDir, into, keep: 1, now: onDay(0) })
    rmSync(join(dataDir, 'secrets.json'))
    expect(() => addToSeries({ dataDir, into, keep: 1, now: onDay(1) })).toThrow(/is not a data folder of Prospectus/)
    expect(readdirSync(into)).toEqual(['2026-11-29T12-00-00Z'])
  })

  it('is encrypted if a key is given, and restored with the same rows and secrets', () => {
    const { folder, rows } = addToSeries({ dataDir, into, keep: 7, backupKey: key, now: start })
    const names = readdirSync(folder).toSorted()
    expect(names).toEqual(['prospectus.db.enc', 'secrets.json.enc'])
    for (const name of names) {
      const bytes = readFileSync(join(folder, name))
      expect([person, 'SQLite', '"root"'].filter((text) => bytes.includes(text))).toEqual([])
    }
    expect(readdirSync(dataDir)).not.toContain('backup.draft')
    const restored = join(root, 'restored')
    expect(() => restore({ from: folder, dataDir: restored })).toThrow(/encrypted backup\. Set BACKUP_KEY_FILE/)
    expect(() => restore({ from: folder, dataDir: restored, backupKey: 'x'.repeat(40) })).toThrow(/another key/)
    expect(readdirSync(root)).not.toContain('restored')
    expect(restore({ from: folder, dataDir: restored, backupKey: key })).toEqual({ folder: restored, rows })
    expect(readRows(restored)).toEqual(readRows(dataDir))
    expect(readFileSync(join(restored, 'secrets.json'))).toEqual(readFileSync(join(dataDir, 'secrets.json')))
  })

  it.each([
    ['one byte is changed', (file: string) => flipByte(file, 1_200_000)],
    ['it is cut off', (file: string) => truncateSync(file, 1_000_000)],
    ['its files are exchanged', (file: string) => cpSync(file.replace('prospectus.db', 'secrets.json'), file)],
  ])('is not restored if %s', (_, spoil) => {
    const { folder } = addToSeries({ dataDir, into, keep: 7, backupKey: key, now: start })
    spoil(join(folder, 'prospectus.db.enc'))
    expect(() => restore({ from: folder, dataDir: join(root, 'restored'), backupKey: key })).toThrow(/is damaged/)
    expect(readdirSync(root).toSorted()).toEqual(['backups', 'data'])
  })
})

describe('the daily backup of a host', () => {
  const run = (day: number) =>
    createBackupTask({
      into,
      keep: 7,
      dataDir,
      now: () => onDay(day),
      log: (name, fields) => void events.push([name, fields]),
    }).run()

  it('is made by a process of its own, unless the last one is younger than a day', async () => {
    await run(0)
    expect(events).toMatchObject([['backup.finished', { rows: 501 }]])
    const madeAt = Date.parse(readLastBackupTime(dataDir) ?? '')
    const dayAfter = (madeAt - start.getTime()) / (24 * 60 * 60 * 1000)
    await run(dayAfter + 0.9)
    expect(events).toHaveLength(1)
    await run(dayAfter + 1.1)
    expect(events).toHaveLength(2)
  })

  it('says in the log why it failed', async () => {
    writeFileSync(into, 'no folder')
    await run(0)
    expect(events).toMatchObject([
      ['backup.failed', { reason: expect.stringContaining(`${into} cannot be created or used`) }],
    ])
  })
})

function flipByte(file: string, position: number): void {
  const bytes = readFileSync(file)
  bytes[position] = (bytes[position] ?? 0) ^ 1
  writeFileSync(file, bytes)
}
