import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { startHost } from '#local/host.ts'
import { erasePerson } from '#shared/contract/aftercare/erasures.ts'
import { createClient } from '#shared/contract/client.ts'
import { createSqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import { leadKey, tables } from '#shared/store/keys.ts'
import { createVisitor } from '#test/journey/create-visitor.ts'

const folder = mkdtempSync(join(tmpdir(), 'prospectus-forgotten-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Returns whether any file in a folder contains this text. */
function isOnDisk(dataDir: string, text: string): boolean {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  return files.some((file) => readFileSync(join(file.parentPath, file.name)).includes(text))
}

it('removes an erased person from every file of the data folder by the time the host exits', async () => {
  const dataDir = join(folder, 'host')
  const host = await startHost({ port: 0, dataDir })
  const page = createVisitor(host)
  const form = page.form(await page.match())
  await page.send(form)
  const { email } = form.contact
  expect(isOnDisk(dataDir, email)).toBe(true)
  const staff = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
  expect(await staff(erasePerson, { body: { email } })).toMatchObject({
    status: 201,
    body: { state: 'done', leads: 1 },
  })
  await host.close()
  expect(isOnDisk(dataDir, email)).toBe(false)
})

it('removes deleted values from the write-ahead log while the host runs', async () => {
  const dataDir = mkdtempSync(join(folder, 'engine-'))
  const engine = createSqliteEngine({ path: join(dataDir, 'rows.db'), shapes: tables, now: () => new Date() })
  const key = leadKey('one')
  await engine.transact([{ in: 'leads', put: { ...key, email: 'ada@mail.example' } }])
  await engine.transact([{ in: 'leads', change: key, remove: ['email'] }])
  expect(isOnDisk(dataDir, 'ada@mail.example')).toBe(true)
  await engine.removeExpired()
  expect(isOnDisk(dataDir, 'ada@mail.example')).toBe(false)
  await engine.close()
})
