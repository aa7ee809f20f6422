import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHost } from '#local/host.ts'

let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prospectus-open-'))
  await (await startHost({ port: 0, dataDir: folder })).close()
})
afterEach(() => rmSync(folder, { recursive: true }))
const pathInFolder = (name: string) => join(folder, name)

describe('a host whose data folder is not what it wrote', () => {
  it.each([
    ['a database that is text', () => writeFileSync(pathInFolder('prospectus.db'), 'text '.repeat(1000)), /is damaged/],
    ['a database that is empty', () => writeFileSync(pathInFolder('prospectus.db'), ''), /is empty\. Restore a backup/],
    [
      'secrets that are half written',
      () => cutOff(pathInFolder('secrets.json'), 40),
      /secrets\.json is not a file that Prospectus wrote/,
    ],
    ['a database that is cut off', () => cutOff(pathInFolder('prospectus.db')), /is damaged/],
    ['a database with overwritten pages', () => overwrite(pathInFolder('prospectus.db')), /is damaged/],
    [
      'the database of another program',
      () => replaceDatabase('CREATE TABLE moz_places (id INTEGER)'),
      /is the database of another program \(it has a table "moz_places"\)/,
    ],
    [
      'the database of another program that has leads, too',
      () => replaceDatabase('CREATE TABLE leads (id INTEGER, email TEXT)'),
      /is the database of another program \(it has a table "leads"\)/,
    ],
    ['a database of a newer version', () => edit('PRAGMA user_version = 999'), /has schema version 999/],
    [
      'the secrets of another host',
      () =>
        writeFileSync(
          pathInFolder('secrets.json'),
          JSON.stringify({ root: 'r'.repeat(64), operatorKey: 'o'.repeat(64) }),
        ),
      /secrets\.json that is not the one of its prospectus\.db\. Restore both from the same backup\.$/,
    ],
  ])('says in one sentence why it does not start: %s', async (_, spoil, sentence) => {
    spoil()
    const error = await startHost({ port: 0, dataDir: folder }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'CannotStart', message: expect.stringMatching(sentence) })
    expect(String(error).split('\n')).toHaveLength(1)
  })

  it('starts on secrets with a byte order mark', async () => {
    const file = pathInFolder('secrets.json')
    writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8')}`)
    const host = await startHost({ port: 0, dataDir: folder })
    await host.close()
  })

  it('starts again on its own secrets, and on a database from before the fingerprint', async () => {
    copyFileSync(pathInFolder('secrets.json'), pathInFolder('own.json'))
    edit("DELETE FROM catalog WHERE pk = 'ROOT'")
    await (await startHost({ port: 0, dataDir: folder })).close()
    writeFileSync(pathInFolder('secrets.json'), JSON.stringify({ root: 'r'.repeat(64), operatorKey: 'o'.repeat(64) }))
    await expect(startHost({ port: 0, dataDir: folder })).rejects.toThrow('secrets.json')
    copyFileSync(pathInFolder('own.json'), pathInFolder('secrets.json'))
    await (await startHost({ port: 0, dataDir: folder })).close()
  })
})

function cutOff(file: string, bytes = 20_000): void {
  writeFileSync(file, readFileSync(file).subarray(0, bytes))
}

function overwrite(file: string): void {
  const bytes = readFileSync(file)
  bytes.fill(0x55, 4096 * 3, 4096 * 12)
  writeFileSync(file, bytes)
}

function replaceDatabase(sql: string): void {
  rmSync(pathInFolder('prospectus.db'))
  edit(sql)
}

function edit(sql: string): void {
  const database = new DatabaseSync(pathInFolder('prospectus.db'))
  database.exec(sql)
  database.close()
}
