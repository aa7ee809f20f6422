import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { restore } from '#local/data/backup.ts'
import { addToSeries, readLastBackupTime } from '#local/data/backup-series.ts'
import { lockForBackup } from '#local/data/data-folder.ts'
import { openFolder } from '#local/data/open-folder.ts'
import { createBackupTask } from '#local/workers/create-backup-task.ts'
import type { LogEvents } from '#shared/platform/log.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { ignoreHold, isHeld } from '#test/cli/restore/folder-fixture.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { findMissingMount, mountSmallDisk } from './small-disk.ts'

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

  it('removes what a killed backup left, with people in plain text, and not what another host is writing', () => {
    const stale = ['2026-11-28T12-00-00Z.draft', '2026-12-24T12-00-00Z.draft']
    for (const name of [...stale, '2026-11-29T08-00-00Z.draft', 'mine.draft'])
      mkdirSync(join(into, name), { recursive: true })
    mkdirSync(join(dataDir, 'backup.draft'))
    addToSeries({ dataDir, into, keep: 7, now: start })
    expect(readdirSync(into)).toEqual(['2026-11-29T08-00-00Z.draft', '2026-11-29T12-00-00Z', 'mine.draft'])
    expect(readdirSync(dataDir)).not.toContain('backup.draft')
  })

  it('refuses a second backup of the same folder while one is running, whose temporary files it would remove', () => {
    const unlock = lockForBackup(dataDir)
    mkdirSync(join(dataDir, 'backup.draft'))
    expect(() => addToSeries({ dataDir, into, keep: 7, backupKey: key, now: start })).toThrow(
      /Another backup of .* is running/,
    )
    expect([readdirSync(into), readdirSync(dataDir).includes('backup.draft')]).toEqual([[], true])
    unlock()
    expect(addToSeries({ dataDir, into, keep: 7, backupKey: key, now: start }).rows).toBe(501)
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
    expect(isHeld(restored)).toBe(true)
    ignoreHold(restored)
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

describeUnless(findMissingMount(), 'a backup of a full disk', () => {
  it('is made on another disk, once a day, and removes no more than its number', async () => {
    const small = join(root, 'small')
    using _disk = mountSmallDisk(small, 8192)
    cpSync(dataDir, small, { recursive: true })
    // The files of the log exist while a host runs.
    const host = new DatabaseSync(join(small, 'prospectus.db'))
    host.exec('SELECT 1 FROM leads')
    writeFileSync(join(small, 'filling'), Buffer.alloc(statfsSync(small).bavail * statfsSync(small).bsize))
    const settings = { into, keep: 2, dataDir: small, now: () => start }
    const task = createBackupTask({ ...settings, log: (name, fields) => void events.push([name, fields]) })
    for (let i = 0; i < 4; i += 1) await task.run()
    host.close()
    expect(events).toMatchObject([['backup.finished', { rows: 501 }]])
    expect(readLastBackupTime(small)).toBeUndefined()
    expect(readdirSync(into)).toHaveLength(1)
  })
})

function flipByte(file: string, position: number): void {
  const bytes = readFileSync(file)
  bytes[position] = (bytes[position] ?? 0) ^ 1
  writeFileSync(file, bytes)
}
