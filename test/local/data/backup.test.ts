import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backup, restore } from '#local/data/backup.ts'
import { startHost } from '#local/host.ts'
import { client } from '#shared/contract/client.ts'
import { listLeads } from '#shared/contract/operator.ts'
import { visitor } from '#test/journey/visitor.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prospectus-backup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

async function enquire(host: Awaited<ReturnType<typeof startHost>>) {
  const page = visitor(host)
  const { body } = await page.send(page.form(await page.match()))
  return body?.leadId
}

async function leadsOn(dataDir: string) {
  const host = await startHost({ port: 0, dataDir })
  const staff = client({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
  const answer = await staff(listLeads, { query: {} })
  await host.close()
  return answer.status === 200 ? answer.body.leads.map(({ leadId }) => leadId) : []
}

describe('a backup', () => {
  it('of a host that runs holds what was answered before it, and starts another host', async () => {
    const host = await startHost({ port: 0, dataDir: at('data') })
    const before = await enquire(host)
    const copied = backup({ dataDir: at('data'), to: at('copy') })
    const after = await enquire(host)
    await host.close()
    expect(copied.rows).toBeGreaterThan(100)
    expect(restore({ from: at('copy'), dataDir: at('other') }).rows).toBe(copied.rows)
    const leads = await leadsOn(at('other'))
    expect(leads).toContain(before)
    expect(leads).not.toContain(after)
  })

  it('is for nobody else to read', async () => {
    await (await startHost({ port: 0, dataDir: at('data') })).close()
    backup({ dataDir: at('data'), to: at('copy') })
    expect(statSync(at('copy')).mode & 0o777).toBe(0o700)
    expect(readdirSync(at('copy')).toSorted()).toEqual(['prospectus.db', 'secrets.json'])
  })

  it.each([
    ['of nothing', () => backup({ dataDir: at('none'), to: at('copy') }), /is no folder of Prospectus's data/],
    ['onto something', () => backup({ dataDir: at('data'), to: at('data') }), /is not empty/],
    ['from nothing', () => restore({ from: at('none'), dataDir: at('new') }), /is no backup/],
    ['onto data', () => restore({ from: at('copy'), dataDir: at('data') }), /is not empty/],
  ])('%s is refused, and changes nothing', async (_, work, said) => {
    await (await startHost({ port: 0, dataDir: at('data') })).close()
    backup({ dataDir: at('data'), to: at('copy') })
    const before = readdirSync(folder).toSorted()
    expect(work).toThrow(said)
    expect(readdirSync(folder).toSorted()).toEqual(before)
  })

  it('that is damaged is not put in place', async () => {
    await (await startHost({ port: 0, dataDir: at('data') })).close()
    backup({ dataDir: at('data'), to: at('copy') })
    truncateSync(at('copy/prospectus.db'), 20_000)
    expect(() => restore({ from: at('copy'), dataDir: at('new') })).toThrow(/damaged/)
    writeFileSync(at('copy/prospectus.db'), 'not a database at all, but long enough to be looked at')
    expect(() => restore({ from: at('copy'), dataDir: at('new') })).toThrow(/damaged/)
    expect(readdirSync(folder)).not.toContain('new')
  })
})
