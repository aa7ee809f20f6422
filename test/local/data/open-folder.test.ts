import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeUpgradeBackups } from '#local/data/back-up-before-upgrade.ts'
import { backup, restore } from '#local/data/backup.ts'
import type { FolderMode } from '#local/data/folder-identity.ts'
import { openFolder } from '#local/data/open-folder.ts'
import { readSecretsKey } from '#local/data/secrets-file.ts'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { LogEvents } from '#shared/platform/log.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { accessKeyKey, accessKeyRecordKey } from '#shared/store/keys.ts'
import { schemaMigrations } from '#shared/store/schema-migrations.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { findMissingMount, mountSmallDisk } from './small-disk.ts'

let root: string
let dataDir: string
let keyFile: string
const events: (keyof LogEvents)[] = []
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prospectus-folder-'))
  dataDir = join(root, 'data')
  keyFile = join(root, 'key')
  writeFileSync(keyFile, `${'k'.repeat(40)}\n`)
  events.length = 0
})
afterEach(() => rmSync(root, { recursive: true }))

const key = 'k'.repeat(40)
const open = (mode: FolderMode, settings: { dataDir?: string; secretsKey?: string } = {}) =>
  openFolder({
    dataDir,
    mode,
    createEngine: createSqliteEngine,
    now: () => new Date('2026-11-29T12:00:00Z'),
    log: (event) => void events.push(event),
    ...settings,
  })
const openAndClose = async (...settings: Parameters<typeof open>) => {
  const { secrets, release } = await open(...settings)
  await release()
  return secrets
}
const edit = (sql: string) => {
  const database = new DatabaseSync(join(dataDir, 'prospectus.db'))
  database.exec(sql)
  database.close()
}
const readSecrets = () => JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'))

describe('the mode of a data folder', () => {
  it.each([
    ['start', 'serve', /has the sample data of `npm start`\. Set DATA_DIR to another folder for real leads\.$/],
    [
      'serve',
      'start',
      /has the leads of `npm run serve`, and `npm start` would add sample data\. Set DATA_DIR to another/,
    ],
  ] as const)('of %s refuses %s in a sentence', async (first, second, sentence) => {
    await openAndClose(first)
    await expect(open(second)).rejects.toThrow(sentence)
    await openAndClose(first)
  })

  it('goes with a backup', async () => {
    await openAndClose('serve')
    backup({ dataDir, to: join(root, 'copy') })
    restore({ from: join(root, 'copy'), dataDir: join(root, 'restored') })
    await expect(open('start', { dataDir: join(root, 'restored') })).rejects.toThrow('npm run serve')
  })

  it.each([
    ['start', 'with the printed key', true],
    ['serve', 'with a key from the command line', false],
  ] as const)('of a folder of an older version is %s: %s', async (mode, _, isPrinted) => {
    const printedKey = newAccessKey('ok', (size) => new Uint8Array(size))
    const { engine, release } = await open(mode)
    await engine.transact([
      { in: 'catalog', put: { ...accessKeyRecordKey('key_1'), name: 'first' } },
      ...(isPrinted
        ? [{ in: 'catalog', put: { ...accessKeyKey(sha256(printedKey)), caller: 'operator' } } as const]
        : []),
    ])
    await release()
    edit(`UPDATE catalog SET item = json_remove(item, '$.mode') WHERE pk = 'ROOT'`)
    writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ ...readSecrets(), operatorKey: printedKey }))
    await expect(open(mode === 'start' ? 'serve' : 'start')).rejects.toThrow('Set DATA_DIR to another folder')
    await openAndClose(mode)
    expect('operatorKey' in readSecrets()).toBe(isPrinted)
  })
})

describe('the secrets of a data folder', () => {
  it('are encrypted by a key outside of it, which a restore needs too', async () => {
    const { root: rootSecret } = await openAndClose('serve')
    expect(await openAndClose('serve', { secretsKey: key })).toMatchObject({ root: rootSecret })
    backup({ dataDir, to: join(root, 'copy') })
    for (const folder of [dataDir, join(root, 'copy')])
      for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes(rootSecret)).toBe(false)
    await expect(open('serve')).rejects.toThrow(/is encrypted\. Set SECRETS_KEY_FILE to the file with its key\.$/)
    await expect(open('serve', { secretsKey: 'x'.repeat(40) })).rejects.toThrow(/encrypted with another key/)
    const target = { from: join(root, 'copy'), dataDir: join(root, 'restored') }
    expect(() => restore(target)).toThrow('SECRETS_KEY_FILE')
    restore({ ...target, secretsKey: key })
    expect(await openAndClose('serve', { dataDir: target.dataDir, secretsKey: key })).toMatchObject({
      root: rootSecret,
    })
  })

  it('have no staff key in production mode', async () => {
    const { operatorKey } = await openAndClose('serve')
    expect(Object.keys(readSecrets())).toEqual(['root'])
    expect(readFileSync(join(dataDir, 'prospectus.db')).includes(operatorKey)).toBe(false)
  })

  it.each([
    ['missing', () => join(root, 'none'), /cannot be read \(ENOENT\)/],
    ['too short', () => join(root, 'short'), /fewer than 32 characters\. Create one with: openssl rand/],
    ['in the data folder', () => join(dataDir, 'key'), /is in the data folder\. Keep the key in another folder/],
  ])('refuse a file of a key that is %s', (_, getFile, sentence) => {
    writeFileSync(join(root, 'short'), 'short')
    mkdirSync(dataDir)
    expect(() => readSecretsKey(getFile(), dataDir)).toThrow(sentence)
    expect(readSecretsKey(keyFile, dataDir)).toBe(key)
    expect(readSecretsKey(undefined, dataDir)).toBeUndefined()
  })
})

describe('an upgrade of the schema', () => {
  beforeEach(async () => {
    const { engine, release } = await open('serve')
    await engine.transact([{ in: 'catalog', put: { pk: 'LINE#a', sk: 'PACE' } }])
    await release()
    edit('PRAGMA user_version = 0')
  })
  const folderName = `before-schema-${schemaMigrations.length}`

  it('backs the folder up first, with its earlier version', async () => {
    await openAndClose('serve')
    expect(events).toEqual(['upgrade.backed-up'])
    const copy = new DatabaseSync(join(dataDir, folderName, 'prospectus.db'))
    expect(copy.prepare('PRAGMA user_version').get()).toEqual({ user_version: 0 })
    expect(copy.prepare("SELECT pk FROM catalog WHERE sk = 'PACE'").get()).toEqual({ pk: 'LINE#a' })
    copy.close()
    await openAndClose('serve')
    expect(events).toHaveLength(1)
  })

  it('keeps its backup for a week, because people may be erased meanwhile', async () => {
    await openAndClose('serve')
    const madeAt = new Date('2026-11-29T12:00:00Z')
    utimesSync(join(dataDir, folderName), madeAt, madeAt)
    removeUpgradeBackups(dataDir, new Date('2026-12-06T11:00:00Z'))
    expect(readdirSync(dataDir)).toContain(folderName)
    removeUpgradeBackups(dataDir, new Date('2026-12-06T13:00:00Z'))
    expect(readdirSync(dataDir)).not.toContain(folderName)
  })

  it('is refused by a restore if the backup is of a newer version', () => {
    edit(`PRAGMA user_version = ${schemaMigrations.length + 1}`)
    expect(() => restore({ from: dataDir, dataDir: join(root, 'restored') })).toThrow(
      /has schema version .* supports only up to .* newer version that wrote it/,
    )
  })
})

describeUnless(findMissingMount(), 'a full disk', () => {
  const readVersion = (folder: string) => {
    const database = new DatabaseSync(join(folder, 'prospectus.db'))
    const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {}
    database.close()
    return version
  }
  const full =
    /The disk of .* is full: a copy needs up to \d+ MB\. The data is unchanged, and the partial copy was removed\./

  const fill = (kilobytes: number) => {
    const item = JSON.stringify({ pk: 'BIG', sk: 'BIG', text: 'x'.repeat(kilobytes * 1024) })
    edit(`INSERT INTO catalog VALUES ('BIG', 'BIG', '${item}')`)
  }

  it('ends a backup in a sentence, and leaves no file behind', async () => {
    await openAndClose('serve')
    fill(600)
    {
      using _disk = mountSmallDisk(join(root, 'disk'), 512)
      expect(() => backup({ dataDir, to: join(root, 'disk/copy') })).toThrow(full)
      expect(() => restore({ from: dataDir, dataDir: join(root, 'disk/restored') })).toThrow(full)
      expect(readdirSync(join(root, 'disk'))).toEqual([])
    }
    expect(backup({ dataDir, to: join(root, 'copy') }).rows).toBe(2)
  })

  it('ends an upgrade before it changes anything', async () => {
    using _disk = mountSmallDisk(dataDir, 4096)
    await openAndClose('serve')
    fill(1200)
    edit('PRAGMA user_version = 0')
    writeFileSync(join(dataDir, 'filler'), 'x'.repeat(2048 * 1024))
    await expect(open('serve')).rejects.toThrow(
      /^This version changes the data and must back it up first\. The disk of/,
    )
    expect(readVersion(dataDir)).toBe(0)
    expect(readdirSync(dataDir).toSorted()).toEqual(['filler', 'host.lock', 'prospectus.db', 'secrets.json'])
    rmSync(join(dataDir, 'filler'))
    await openAndClose('serve')
    expect(readVersion(dataDir)).toBe(schemaMigrations.length)
  })
})
