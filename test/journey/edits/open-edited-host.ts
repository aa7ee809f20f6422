import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { startChildHost } from '#test/local/start-child-host.ts'
import { createMarket, type MarketSpec } from './create-market.ts'
import { type Fields, type HostCall, type HostJson, type KeyCall, type Receiver, until } from './host-calls.ts'

export type EditedHost = Awaited<ReturnType<typeof openEditedHost>>
export type Market = Awaited<ReturnType<EditedHost['openMarket']>>

/** `npm start` in a process of its own, with schools that receive webhooks. Each market has records of its own, so that tests can run at once. */
export async function openEditedHost() {
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-edits-'))
  const host = await startChildHost({ env: { DATA_DIR: join(folder, 'data') } })
  const receivers = new Map<string, Receiver>()
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString()
    const receiver = receivers.get(request.url ?? '')
    const body: HostJson = JSON.parse(text)
    receiver?.requests.push({ type: body.type, text, body })
    response.writeHead((await receiver?.answer()) ?? 200).end(receiver?.content)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const receiverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const call: HostCall = async (method, path, { headers = {}, body } = {}) => {
    const response = await fetch(host.urls.api + path, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    const json: HostJson = isJson ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, text, body: json }
  }

  const withKey =
    (key: string): KeyCall =>
    (method, path, body, headers = {}) =>
      call(method, `/v1${path}`, { headers: { authorization: `Bearer ${key}`, ...headers }, ...(body && { body }) })
  const callAsStaff = withKey(host.keys.operator)
  const staff: KeyCall = (method, path, ...rest) => callAsStaff(method, `/ops${path}`, ...rest)

  function openReceiver(): Receiver {
    const path = `/${crypto.randomUUID()}`
    const requests: Receiver['requests'] = []
    const listOfType = (type: string) => requests.filter((request) => request.type === type)
    const countLeads = () => listOfType('lead.created').length
    const receiver = { url: receiverUrl + path, requests, answer: () => 200, content: '', listOfType, countLeads }
    receivers.set(path, receiver)
    return receiver
  }

  let marketCount = 0
  const openMarket = (schools: MarketSpec = { a: {} }, source: Fields = {}) => {
    marketCount += 1
    return createMarket({ number: marketCount, schools, source }, { call, staff, withKey, openReceiver })
  }

  const checks: (() => unknown)[] = []
  return {
    ...{ host, call, staff, withKey, openReceiver, openMarket },
    async listMails(to: string): Promise<HostJson[]> {
      const { body } = await call('GET', '/inbox.json')
      return body.messages.filter((mail: HostJson) => [mail.to].flat().includes(to))
    },
    /** Runs when everything that is due has been sent: for what must not happen. */
    atEnd: (check: () => unknown) => void checks.push(check),
    async runChecks() {
      const market = await openMarket()
      const school = market.receiver('a')
      school.answer = () => 500
      await market.visit()
      await until(() => school.countLeads() === 1)
      school.answer = () => 200
      // It was due after all others that failed once.
      await until(() => school.countLeads() === 2)
      for (const check of checks) await check()
      return checks.length
    },
    /** Every entry of the audit is in its chain, and none was changed. */
    async expectSealedAudit() {
      const day = new Date().toISOString().slice(0, 10)
      const verification = await until(async () => {
        const { body } = await staff('GET', `/audit/days/${day}/verification`)
        return body.waiting === 0 && body
      })
      expect(verification).toMatchObject({ day, faults: [] })
      expect(verification.sealed).toBeGreaterThan(20)
    },
    async [Symbol.asyncDispose]() {
      await host.stop('SIGTERM')
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
