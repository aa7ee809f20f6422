import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backup, restore } from '#local/data/backup.ts'
import { startHost } from '#local/host.ts'
import { serve } from '#local/serve.ts'
import type { Log } from '#shared/platform/log.ts'
import { ignoreHold, settleQuietly } from '#test/cli/restore/folder-fixture.ts'
import { aCampaign, parseKey } from '#test/functions/create-test-system.ts'
import { startSmtpServer } from './mail/start-smtp-server.ts'
import { createStaffCall, sendLead, writeTestCatalog } from './production-host.ts'
import { waitUntil } from './wait-until.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prospectus-held-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const path = (name: string) => join(folder, name)
const from = 'leads@example.org'
const erin = { firstName: 'Erin', email: 'erin@mail.example', phone: '(512) 789-2222' }
const kim = { firstName: 'Kim', email: 'kim@mail.example', phone: '(512) 789-3333' }

const unsent = { earlyQueue: 'off', periods: { sweep: 3600 } } as const

/** A host has leads of Erin and Kim that it has not sent yet; it is backed up, Erin is erased, and it stops. Then it is restored. */
async function loseHost() {
  const server = await serve({ port: 0, ...unsent, dataDir: path('data'), mail: { url: 'smtp://127.0.0.1:1', from } })
  const call = await createStaffCall(path('data'), server.url)
  await writeTestCatalog(call)
  await call('PUT', '/v1/ops/campaigns/c', aCampaign({ endpoint: { kind: 'email', to: 'desk@school.example' } }))
  const key = parseKey(await (await call('PUT', '/v1/ops/sources/landing', { name: 'Landing', mode: 'live' })).json())
  for (const person of [erin, kim]) await sendLead(server.url, key, person)
  const school = await call('POST', '/v1/ops/keys', {
    holder: { caller: 'school', schoolId: 'tall-grass' },
    scope: 'manage',
    name: 'crm',
  })
  backup({ dataDir: path('data'), to: path('backup') })
  expect((await call('POST', '/v1/ops/erasures', { email: erin.email })).status).toBe(201)
  await server.close()
  restore({ from: path('backup'), dataDir: path('restored') })
  return { key, schoolKey: parseKey(await school.json()) }
}

describe('a host on a restored folder', () => {
  it('answers public reads, refuses leads and schools, sends nothing, and says so everywhere', async () => {
    const { key, schoolKey } = await loseHost()
    using mailbox = await startSmtpServer()
    const events: [event: string, fields: object][] = []
    const log: Log = (event, fields) => events.push([event, fields])
    const mail = { url: mailbox.url, from }
    const alerts = { email: 'staff@example.org' }
    const server = await serve({ port: 0, dataDir: path('restored'), mail, alerts, log })
    const get = (target: string, headers = {}) => fetch(server.url + target, { headers })

    expect((await get('/v1/careers')).status).toBe(200)
    expect((await get('/health')).status).toBe(200)
    const ready = await get('/health/ready')
    expect([ready.status, await ready.json()]).toEqual([
      503,
      expect.objectContaining({ detail: expect.stringMatching(/restored from a backup of 20.* is held until/) }),
    ])
    const match = await fetch(`${server.url}/v1/matches`, { method: 'POST', headers: { 'x-source-key': key } })
    expect([match.status, match.headers.get('retry-after')]).toEqual([503, '60'])
    const schoolLeads = await get('/v1/school/leads', { authorization: `Bearer ${schoolKey}` })
    expect([schoolLeads.status, schoolLeads.headers.get('retry-after')]).toEqual([503, '60'])
    expect(JSON.stringify(await schoolLeads.json())).not.toContain('Erin')

    await waitUntil(() => mailbox.messages.length > 0)
    expect(mailbox.messages).toEqual([
      expect.stringMatching(/To: staff@example\.org[\s\S]*restored backup isn.*t settled/i),
    ])
    expect(events).toContainEqual([
      'folder.held',
      { asOf: expect.any(String), mend: expect.stringContaining('settle') },
    ])
    await pause(1500)
    expect(mailbox.messages.filter((message) => /desk@school/.test(message))).toEqual([])

    await settleQuietly({ dataDir: path('restored'), replaces: path('data') })
    await waitUntil(() => mailbox.messages.some((message) => message.includes('Kim')))
    expect(mailbox.messages.join('\n')).not.toContain('Erin')
    expect((await get('/health/ready')).status).toBe(200)
    expect((await get('/v1/school/leads', { authorization: `Bearer ${schoolKey}` })).status).toBe(200)
    expect(events.map(([event]) => event)).toContain('folder.released')
    await server.close()
  })

  it('control: would mail an erased person within seconds if it were not held', async () => {
    await loseHost()
    ignoreHold(path('restored'))
    using mailbox = await startSmtpServer()
    const server = await serve({ port: 0, dataDir: path('restored'), mail: { url: mailbox.url, from } })
    await waitUntil(() => mailbox.messages.some((message) => message.includes('Erin')))
    await server.close()
  })

  it('of sample data does not start until it is settled, because each start writes the samples', async () => {
    await (await startHost({ port: 0, dataDir: path('data') })).close()
    backup({ dataDir: path('data'), to: path('backup') })
    restore({ from: path('backup'), dataDir: path('restored') })
    await expect(startHost({ port: 0, dataDir: path('restored') })).rejects.toThrow(/is held until staff settle/)
    await settleQuietly({ dataDir: path('restored'), replaces: path('data') })
    await (await startHost({ port: 0, dataDir: path('restored') })).close()
  })
})
