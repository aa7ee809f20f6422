import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { createSignatureHeaders, createWebhookSecret } from '#shared/outbound/webhook/signature.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { waitUntil } from '#test/local/wait-until.ts'

const createSecret = (byte: number) => createWebhookSecret((size) => new Uint8Array(size).fill(byte))
const [secret, old, stranger] = [createSecret(7), createSecret(8), createSecret(9)]
const folder = mkdtempSync(join(tmpdir(), 'prospectus-receivers-'))
afterAll(() => rmSync(folder, { recursive: true }))

const languages = [
  { name: 'receiver.py', missing: findMissing('python3', ['-c', 'import sqlite3']), run: runPython },
  { name: 'receiver.php', missing: findMissing('php', ['-r', 'new PDO("sqlite::memory:");']), run: runPhp },
]

for (const { name, missing, run } of languages)
  describeUnless(missing, name, () => {
    let file: string
    let url: string
    let child: ChildProcess
    beforeEach(async ({ task }) => {
      file = join(folder, `${task.id}.db`)
      const port = await freePort()
      url = `http://127.0.0.1:${port}`
      child = run(port, { WEBHOOK_SECRET: `${secret} ${old}`, DATABASE: file })
      await waitUntilListening(url)
    })
    afterEach(async () => {
      const exit = once(child, 'exit')
      child.kill()
      await exit
    })

    const readLeads = () => {
      using database = new DatabaseSync(file)
      return database.prepare('SELECT id, body FROM leads ORDER BY id').all()
    }
    const hasNoTable = () => {
      using database = new DatabaseSync(file)
      return database.prepare("SELECT name FROM sqlite_schema WHERE name = 'leads'").all().length === 0
    }

    it('stores a repeat once and accepts it each time, in any order', async () => {
      const statuses = [await post(url), await post(url), ...(await Promise.all([post(url), post(url)]))]
      expect(statuses).toEqual([204, 204, 204, 204])
      await post(url, { id: 'dlv_2', body: '{"lead":"Zoë"}' })
      expect(readLeads()).toEqual([
        { id: 'dlv_1', body: '{"lead":1}' },
        { id: 'dlv_2', body: '{"lead":"Zoë"}' },
      ])
    })

    it('reads a body in chunks, as proxies send it', async () => {
      const body = JSON.stringify({ lead: 'Zoë'.repeat(20_000) })
      const chunked = (cut: number) => [body.slice(0, cut), body.slice(cut)]
      expect(await postInChunks(url, chunked(9))).toBe(204)
      expect(readLeads()).toEqual([{ id: 'dlv_1', body }])
      expect(await postInChunks(url, chunked(40_000), { 'webhook-id': 'dlv_9' })).toBe(401)
      expect(readLeads()).toHaveLength(1)
    })

    it('stores nothing of a body whose chunks are cut off', async () => {
      const body = '{"lead":1}'
      const answer = await postRaw(url, body, 'chunked', `${body.length.toString(16)}\r\n${body.slice(0, 5)}`)
      expect(answer).not.toMatch(/^HTTP\/1\.[01] 2/)
      expect(hasNoTable()).toBe(true)
    })

    it.each([
      ['capitals and a space behind', 'Chunked ', ['A', 'a', '0']],
      ['zeros, extensions and trailers', 'chunked', ['000a;name="b"', '00a', '000']],
    ])('reads chunks with %s', async (_, coding, [first, second, last]) => {
      const body = JSON.stringify({ lead: '12345678' }).padEnd(20)
      const chunks = `${first}\r\n${body.slice(0, 10)}\r\n${second}\r\n${body.slice(10)}\r\n${last}\r\nx-sum: 1\r\n\r\n`
      expect(await postRaw(url, body, coding, chunks)).toMatch(/^HTTP\/1\.[01] 204/)
      expect(readLeads()).toEqual([{ id: 'dlv_1', body }])
    })

    it('notes the lead of a person who withdrew consent, once, and keeps it', async () => {
      const withdraw = () =>
        post(url, { id: 'dlv_9', body: JSON.stringify({ type: 'consent.withdrawn', data: { deliveryId: 'dlv_1' } }) })
      const lead = { id: 'dlv_1', body: '{"lead":1}' }
      expect([await post(url, lead), await withdraw(), await withdraw()]).toEqual([204, 204, 204])
      expect(readLeads()).toEqual([lead])
      using database = new DatabaseSync(file)
      expect(database.prepare('SELECT id FROM withdrawals').all()).toEqual([{ id: 'dlv_1' }])
    })

    it('erases a lead on notice, and does not store it if it arrives later', async () => {
      const lead = (id: string) => post(url, { id, body: `{"type":"lead.created","lead":"${id}"}` })
      const erase = (deliveryId: string) =>
        post(url, { id: 'dlv_9', body: JSON.stringify({ type: 'lead.erased', data: { deliveryId } }) })
      expect([await lead('dlv_1'), await erase('dlv_1'), await erase('dlv_1')]).toEqual([204, 204, 204])
      expect([await erase('dlv_2'), await lead('dlv_2'), await lead('dlv_3')]).toEqual([204, 204, 204])
      expect(readLeads()).toEqual([
        { id: 'dlv_1', body: null },
        { id: 'dlv_2', body: null },
        { id: 'dlv_3', body: '{"type":"lead.created","lead":"dlv_3"}' },
      ])
    })

    it.each([
      ['with the new secret and the old, while one is changed', [old, secret]],
      ['with a secret that it does not know yet, and one that it does', [stranger, secret]],
      ['with the old secret alone', [old]],
    ])('accepts a request signed %s', async (_, signedWith) => {
      expect(await post(url, { signedWith })).toBe(204)
      expect(readLeads()).toHaveLength(1)
    })

    it.each([
      ['is forged', { signedWith: [stranger] }],
      ['was tampered with', { sentBody: '{"lead":2}' }],
      ['was given another id on its way', { extraHeaders: { 'webhook-id': 'dlv_9' } }],
      [
        'was given another time on its way',
        { extraHeaders: { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 60) } },
      ],
      ['is from six minutes ago', { minutesFromNow: -6 }],
      ['is from six minutes hence', { minutesFromNow: 6 }],
      ['has no time that could be read', { extraHeaders: { 'webhook-timestamp': 'soon' } }],
      ['has half a signature', { extraHeaders: { 'webhook-signature': 'v1,' } }],
    ])(
      'answers 401 to a request that %s, and stores nothing',
      async (_, { minutesFromNow, ...options }: { minutesFromNow?: number } & WebhookOptions) => {
        const at = minutesFromNow === undefined ? {} : { at: new Date(Date.now() + minutesFromNow * 60_000) }
        expect(await post(url, { ...options, ...at })).toBe(401)
        expect(hasNoTable()).toBe(true)
      },
    )

    it('answers 401 to a request without a signature', async () => {
      const response = await fetch(url, { method: 'POST', body: '{}' })
      expect([response.status, hasNoTable()]).toEqual([401, true])
    })

    it('answers no 2xx if it cannot store the lead', async () => {
      const port = await freePort()
      const unwritable = run(port, { WEBHOOK_SECRET: secret, DATABASE: '/nowhere/leads.db' })
      const address = `http://127.0.0.1:${port}`
      await waitUntilListening(address)
      expect(['hung up', 500]).toContain(await post(address).catch(() => 'hung up'))
      unwritable.kill()
    })
  })

type WebhookOptions = {
  id?: string
  body?: string
  sentBody?: string
  at?: Date
  signedWith?: string[]
  extraHeaders?: object
}

async function post(url: string, { id = 'dlv_1', body = '{"lead":1}', ...options }: WebhookOptions = {}) {
  const { sentBody = body, at = new Date(), signedWith = [secret], extraHeaders = {} } = options
  const headers = {
    'content-type': 'application/json',
    ...createSignatureHeaders({ id, timestamp: at, body, secrets: signedWith }),
  }
  return (await fetch(url, { method: 'POST', headers: { ...headers, ...extraHeaders }, body: sentBody })).status
}

/** Without a length, Node sends each part as a chunk. */
/** Sends bytes as they are behind the head of a signed request. Returns the whole response. */
async function postRaw(url: string, body: string, coding: string, content: string): Promise<string> {
  const headers = createSignatureHeaders({ id: 'dlv_1', timestamp: new Date(), body, secrets: [secret] })
  const lines = Object.entries({ host: 'school.example', connection: 'close', 'transfer-encoding': coding, ...headers })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end(`POST / HTTP/1.1\r\n${head}\r\n${content}`)
  return (await socket.toArray()).join('')
}

async function postInChunks(url: string, parts: readonly string[], extraHeaders: object = {}) {
  const body = parts.join('')
  const headers = createSignatureHeaders({ id: 'dlv_1', timestamp: new Date(), body, secrets: [secret] })
  const sent = request(url, { method: 'POST', headers: { ...headers, ...extraHeaders } })
  for (const part of parts) sent.write(part)
  sent.end()
  const [{ statusCode }] = await once(sent, 'response')
  return statusCode
}

function runPython(port: number, env: object) {
  return spawnReceiver('python3', ['docs/receivers/receiver.py'], port, env)
}

/** As schools try it; where they run it for real, their web server does. Errors shown is the worst case. */
function runPhp(port: number, env: object) {
  return spawnReceiver(
    'php',
    ['-d', 'display_errors=1', '-S', `127.0.0.1:${port}`, 'docs/receivers/receiver.php'],
    port,
    env,
  )
}

function spawnReceiver(program: string, args: string[], port: number, env: object) {
  return spawn(program, args, { env: { ...process.env, ...env, PORT: String(port) }, stdio: 'ignore' })
}

function findMissing(program: string, args: string[]): string {
  return spawnSync(program, args).status === 0 ? '' : `${program} is not installed, or lacks SQLite`
}

/** Until it listens. What it says to a request that is not signed does not matter. */
function waitUntilListening(url: string): Promise<boolean> {
  return waitUntil(() =>
    fetch(url).then(
      () => true,
      () => false,
    ),
  )
}

async function freePort() {
  await using server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
