import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createReceiver } from '#docs/receivers/receiver.ts'
import { createSignatureHeaders, createWebhookSecret } from '#shared/outbound/webhook/signature.ts'

const secret = createWebhookSecret((size) => new Uint8Array(size).fill(7))
const folder = mkdtempSync(join(tmpdir(), 'prospectus-receiver-'))
let file: string
let server: Server
let tests = 0
beforeEach(async () => {
  tests += 1
  file = join(folder, `${tests}.db`)
  server = createReceiver({ secret, file }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => server.close())
afterAll(() => rmSync(folder, { recursive: true }))

describe('the example receiver', () => {
  it('stores a repeat once and accepts it each time', async () => {
    const statuses = [await post(), await post(), ...(await Promise.all([post(), post()]))]
    expect(statuses).toEqual([204, 204, 204, 204])
    expect(readLeads()).toEqual([{ id: 'dlv_1', body: '{"lead":1}' }])
  })

  it('stores another lead as another record', async () => {
    await post()
    await post({ id: 'dlv_2', body: '{"lead":"Zoë"}' })
    expect(readLeads()).toEqual([
      { id: 'dlv_1', body: '{"lead":1}' },
      { id: 'dlv_2', body: '{"lead":"Zoë"}' },
    ])
  })

  it('erases a lead on notice, and does not store it if it arrives later', async () => {
    const lead = (id: string) => post({ id, body: `{"type":"lead.created","lead":"${id}"}` })
    const erase = (deliveryId: string) =>
      post({ id: 'dlv_9', body: JSON.stringify({ type: 'lead.erased', data: { deliveryId } }) })
    expect([await lead('dlv_1'), await erase('dlv_1'), await erase('dlv_1')]).toEqual([204, 204, 204])
    expect([await erase('dlv_2'), await lead('dlv_2'), await lead('dlv_3')]).toEqual([204, 204, 204])
    expect(readLeads()).toEqual([
      { id: 'dlv_1', body: null },
      { id: 'dlv_2', body: null },
      { id: 'dlv_3', body: '{"type":"lead.created","lead":"dlv_3"}' },
    ])
  })

  it('notes the lead of a person who withdrew consent, once, and keeps it', async () => {
    const withdraw = () =>
      post({ id: 'dlv_9', body: JSON.stringify({ type: 'consent.withdrawn', data: { deliveryId: 'dlv_1' } }) })
    expect([await post(), await withdraw(), await withdraw()]).toEqual([204, 204, 204])
    expect(readLeads()).toEqual([{ id: 'dlv_1', body: '{"lead":1}' }])
    using database = new DatabaseSync(file)
    expect(database.prepare('SELECT id FROM withdrawals').all()).toEqual([{ id: 'dlv_1' }])
  })

  it.each([
    ['is forged', { signedWith: createWebhookSecret((size) => new Uint8Array(size).fill(8)) }],
    ['was tampered with', { sentBody: '{"lead":2}' }],
    ['was given another id on its way', { sentId: 'dlv_9' }],
    ['is from six minutes ago', { at: new Date(Date.now() - 6 * 60_000) }],
    ['is from six minutes hence', { at: new Date(Date.now() + 6 * 60_000) }],
  ])('answers 401 to a request that %s, and stores nothing', async (_, options) => {
    expect(await post(options)).toBe(401)
    expect(readLeads()).toEqual([])
  })

  it('answers 401 to a request without a signature', async () => {
    const response = await fetch(getUrl(server), { method: 'POST', body: '{}' })
    expect([response.status, readLeads()]).toEqual([401, []])
  })

  it('stores one record of a lead if it is killed between commit and response', async () => {
    await killBeforeResponse(async (url) => {
      await expect(post({ url })).rejects.toThrow()
    })
    expect(readLeads()).toEqual([{ id: 'dlv_1', body: '{"lead":1}' }])
    expect(await post()).toBe(204)
    expect(readLeads()).toHaveLength(1)
  })
})

type WebhookOptions = {
  url?: string
  id?: string
  sentId?: string
  body?: string
  sentBody?: string
  at?: Date
  signedWith?: string
}

async function post({ url = getUrl(server), id = 'dlv_1', body = '{"lead":1}', ...options }: WebhookOptions = {}) {
  const { sentBody = body, sentId = id, at = new Date(), signedWith = secret } = options
  const signedHeaders = {
    ...createSignatureHeaders({ id, timestamp: at, body, secrets: [signedWith] }),
    'webhook-id': sentId,
  }
  const headers = { 'content-type': 'application/json', ...signedHeaders }
  return (await fetch(url, { method: 'POST', headers, body: sentBody })).status
}

function getUrl(listeningServer: Server) {
  return `http://127.0.0.1:${(listeningServer.address() as AddressInfo).port}`
}

function readLeads() {
  using database = new DatabaseSync(file)
  return database.prepare('SELECT id, body FROM leads ORDER BY id').all()
}

/** As schools run it, in a process of its own, which dies by SIGKILL at the moment that it would answer. */
async function killBeforeResponse(sendWebhook: (url: string) => Promise<void>) {
  const port = await freePort()
  const killScript = `import http from 'node:http'; http.ServerResponse.prototype.writeHead = () => process.kill(process.pid, 'SIGKILL')`
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(killScript)}`, 'docs/receivers/receiver.ts'],
    {
      env: { ...process.env, WEBHOOK_SECRET: secret, DATABASE: file, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const exit = once(child, 'exit')
  await once(child.stdout, 'data')
  await sendWebhook(`http://127.0.0.1:${port}`)
  const [, signal] = await exit
  expect(signal).toBe('SIGKILL')
}

async function freePort() {
  await using probeServer = createServer().listen(0, '127.0.0.1')
  await once(probeServer, 'listening')
  return (probeServer.address() as AddressInfo).port
}
