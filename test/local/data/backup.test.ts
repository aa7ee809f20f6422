import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backup, restore } from '#local/data/backup.ts'
import { startHost } from '#local/host.ts'
import { listLeads } from '#shared/contract/capture/leads.ts'
import { createClient } from '#shared/contract/client.ts'
import { ignoreHold } from '#test/cli/restore/folder-fixture.ts'
import { createVisitor } from '#test/journey/create-visitor.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prospectus-backup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const pathInFolder = (name: string) => join(folder, name)

async function sendLead(host: Awaited<ReturnType<typeof startHost>>) {
  const page = createVisitor(host)
  const { body } = await page.send(page.form(await page.match()))
  return body?.leadId
}

async function listLeadIds(dataDir: string) {
  ignoreHold(dataDir)
  const host = await startHost({ port: 0, dataDir })
  const staff = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
  const response = await staff(listLeads, { query: {} })
  await host.close()
  return response.status === 200 ? response.body.leads.map(({ leadId }) => leadId) : []
}

describe('backup and restore', () => {
  it('copies a running host with every lead it had accepted, and restores it for another host', async () => {
    const host = await startHost({ port: 0, dataDir: pathInFolder('data') })
    const before = await sendLead(host)
    const backupResult = backup({ dataDir: pathInFolder('data'), to: pathInFolder('copy') })
    const after = await sendLead(host)
    await host.close()
    expect(backupResult.rows).toBeGreaterThan(100)
    expect(restore({ from: pathInFolder('copy'), dataDir: pathInFolder('other') }).rows).toBe(backupResult.rows)
    const leads = await listLeadIds(pathInFolder('other'))
    expect(leads).toContain(before)
    expect(leads).not.toContain(after)
  })

  it('makes a backup that only its owner can read', async () => {
    await (await startHost({ port: 0, dataDir: pathInFolder('data') })).close()
    backup({ dataDir: pathInFolder('data'), to: pathInFolder('copy') })
    expect(statSync(pathInFolder('copy')).mode & 0o777).toBe(0o700)
    expect(readdirSync(pathInFolder('copy')).toSorted()).toEqual(['prospectus.db', 'secrets.json'])
    for (const file of ['prospectus.db', 'secrets.json'])
      expect(statSync(pathInFolder(`copy/${file}`)).mode & 0o777).toBe(0o600)
  })

  it.each([
    [
      'a backup of a missing folder',
      () => backup({ dataDir: pathInFolder('none'), to: pathInFolder('copy') }),
      /is not a data folder of Prospectus/,
    ],
    [
      'a backup to a folder that is not empty',
      () => backup({ dataDir: pathInFolder('data'), to: pathInFolder('data') }),
      /is not empty/,
    ],
    [
      'a restore of a missing backup',
      () => restore({ from: pathInFolder('none'), dataDir: pathInFolder('new') }),
      /is not a backup/,
    ],
    [
      'a restore to a folder with data',
      () => restore({ from: pathInFolder('copy'), dataDir: pathInFolder('data') }),
      /is not empty/,
    ],
  ])('refuses %s, and changes nothing', async (_, work, message) => {
    await (await startHost({ port: 0, dataDir: pathInFolder('data') })).close()
    backup({ dataDir: pathInFolder('data'), to: pathInFolder('copy') })
    const before = readdirSync(folder).toSorted()
    expect(work).toThrow(message)
    expect(readdirSync(folder).toSorted()).toEqual(before)
  })

  it('restores what only the write-ahead log of a copied folder has', async () => {
    const host = await startHost({ port: 0, dataDir: pathInFolder('data') })
    const leadId = await sendLead(host)
    mkdirSync(pathInFolder('copied'))
    for (const file of ['prospectus.db', 'prospectus.db-wal', 'secrets.json'])
      copyFileSync(pathInFolder(`data/${file}`), pathInFolder(`copied/${file}`))
    await host.close()
    expect(statSync(pathInFolder('copied/prospectus.db-wal')).size).toBeGreaterThan(0)
    restore({ from: pathInFolder('copied'), dataDir: pathInFolder('other') })
    expect(readdirSync(pathInFolder('other')).toSorted()).toEqual(['prospectus.db', 'secrets.json'])
    expect(await listLeadIds(pathInFolder('other'))).toContain(leadId)
  })

  it('does not restore a copy whose write-ahead log SQLite would ignore', async () => {
    await (await startHost({ port: 0, dataDir: pathInFolder('data') })).close()
    writeFileSync(pathInFolder('data/prospectus.db-wal'), 'x'.repeat(5000))
    const work = () => restore({ from: pathInFolder('data'), dataDir: pathInFolder('new') })
    expect(work).toThrow(/prospectus\.db-wal is damaged, and the latest writes are in it/)
    expect(readdirSync(folder)).toEqual(['data'])
  })

  it('does not restore the folder of a running host', async () => {
    const host = await startHost({ port: 0, dataDir: pathInFolder('data') })
    expect(() => restore({ from: pathInFolder('data'), dataDir: pathInFolder('new') })).toThrow(/A host runs on/)
    await host.close()
  })

  it('does not restore a database with the secrets of another host', async () => {
    for (const name of ['data', 'stranger']) await (await startHost({ port: 0, dataDir: pathInFolder(name) })).close()
    copyFileSync(pathInFolder('stranger/secrets.json'), pathInFolder('data/secrets.json'))
    const work = () => restore({ from: pathInFolder('data'), dataDir: pathInFolder('new') })
    expect(work).toThrow(/secrets\.json that is not the one of its prospectus\.db/)
    expect(readdirSync(folder).toSorted()).toEqual(['data', 'stranger'])
  })

  it('does not restore a damaged backup', async () => {
    await (await startHost({ port: 0, dataDir: pathInFolder('data') })).close()
    backup({ dataDir: pathInFolder('data'), to: pathInFolder('copy') })
    truncateSync(pathInFolder('copy/prospectus.db'), 20_000)
    expect(() => restore({ from: pathInFolder('copy'), dataDir: pathInFolder('new') })).toThrow(/damaged/)
    writeFileSync(pathInFolder('copy/prospectus.db'), 'not a database at all, but long enough to be looked at')
    expect(() => restore({ from: pathInFolder('copy'), dataDir: pathInFolder('new') })).toThrow(/damaged/)
    expect(readdirSync(folder)).not.toContain('new')
  })
})
