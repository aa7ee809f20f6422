import { describe, expect, it } from 'vitest'
import { listClientOperations } from '#cli/client/list-client-operations.ts'
import type { PublisherClientOptions } from '#web/client/client-options.ts'
import { createClientOf } from '#web/client/create-client.ts'
import { NoResponseError, ProblemError } from '#web/client/problem-error.ts'

const operations = Object.fromEntries(listClientOperations().map((operation) => [operation.name, operation]))
const receipt = { leadId: 'lead_1' }

/** Why sending it again has no second effect. */
const repeatableWrites: { [name: string]: string } = {
  matchSchools: 'nothing is written',
  submitLead: 'the Idempotency-Key makes one lead',
  withdrawConsent: 'a withdrawal that is recorded twice withdraws the same',
}

describe('the client for publishers', () => {
  it('sends again only what has no second effect', () => {
    const writes = Object.values(operations).filter(({ method }) => method !== 'GET')
    expect(writes.map(({ name }) => name).toSorted()).toEqual(Object.keys(repeatableWrites).toSorted())
    for (const { name, accepts } of writes)
      expect(accepts.includes('idempotency-key')).toBe(repeatableWrites[name]?.includes('Idempotency-Key'))
  })

  it('waits as long as Retry-After asks, and sends the same bytes with the same key', async () => {
    const { client, requests, waits } = createFakeClient([refuse(429, { 'retry-after': '7' }), accept(receipt)])
    expect(await client.submitLead?.({ matchId: 'm' })).toEqual(receipt)
    expect(waits).toEqual([7000])
    expect(requests[0]?.key).toMatch(/^[0-9a-f]{32}$/)
    expect(requests[1]).toEqual(requests[0])
  })

  it.each([
    { form: 'IMF-fixdate', spread: (text: string) => text },
    { form: 'RFC 850', spread: (text: string) => text.replace(/^(\w+), (\d+) (\w+) \d\d(\d\d)/, '$1day, $2-$3-$4') },
  ])('reads a Retry-After that is a date: $form', async ({ spread }) => {
    const date = spread(new Date(Date.now() + 20_000).toUTCString())
    const { client, waits } = createFakeClient([refuse(503, { 'retry-after': date }), accept({})])
    await client.matchSchools?.({})
    expect(waits[0]).toBeGreaterThan(15_000)
    expect(waits[0]).toBeLessThanOrEqual(20_000)
  })

  it('throws at once if Retry-After asks for more than the longest wait', async () => {
    const { client, requests, waits } = createFakeClient([refuse(429, { 'retry-after': '31' })])
    const error = await catchError(client.submitLead?.({}, { idempotencyKey: 'form-1' }))
    expect(error).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 31 })
    expect(error).toMatchObject({ idempotencyKey: 'form-1' })
    expect({ requests: requests.length, waits }).toEqual({ requests: 1, waits: [] })
  })

  it('gives up after its retries, waits longer before each, and never longer than its limit', async () => {
    const responses = Array.from({ length: 9 }, () => refuse(503))
    const { client, requests, waits } = createFakeClient(responses, { maxRetries: 8, maxWaitSeconds: 10 })
    expect(await catchError(client.readCareer?.({ slug: 'x' }))).toBeInstanceOf(ProblemError)
    expect(requests).toHaveLength(9)
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
  })

  it('does not send again what the API refused for its content', async () => {
    const { client, requests } = createFakeClient([refuse(422)])
    expect(await catchError(client.submitLead?.({}))).toMatchObject({ status: 422, detail: 'See errors.' })
    expect(requests).toHaveLength(1)
  })

  it('sends again if no response came, and says at last that none came, with the key', async () => {
    const cause = new TypeError('fetch failed')
    const { client } = createFakeClient([cause, accept(receipt), cause, cause], { maxRetries: 1 })
    expect(await client.submitLead?.({})).toEqual(receipt)
    const error = await catchError(client.submitLead?.({}, { idempotencyKey: 'form-2' }))
    expect(error).toBeInstanceOf(NoResponseError)
    expect(error).toMatchObject({ cause, idempotencyKey: 'form-2' })
    expect(error).toMatchObject({ message: 'No response from https://api.example: fetch failed' })
  })

  it('tells the page of a proxy from a response of the API', async () => {
    const page = () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } })
    const { client, requests } = createFakeClient([page, page, () => new Response('<h1>Hello</h1>')], { maxRetries: 1 })
    const unexpected = { code: 'UNEXPECTED_RESPONSE', detail: undefined, errors: [] }
    expect(await catchError(client.readCareer?.({ slug: 'x' }))).toMatchObject({ ...unexpected, status: 502 })
    expect(await catchError(client.readCareer?.({ slug: 'x' }))).toMatchObject({ ...unexpected, status: 200 })
    expect(requests).toHaveLength(3)
  })

  it('ends when its caller aborts, also while it waits, with the reason of the signal', async () => {
    const controller = new AbortController()
    const reason = new Error('The visitor left.')
    const { options } = createFakeClient([
      () => {
        queueMicrotask(() => controller.abort(reason))
        return refuse(429, { 'retry-after': '20' })()
      },
    ])
    const client = createClientOf(operations, options)
    expect(await catchError(client.submitLead?.({}, { signal: controller.signal }))).toBe(reason)
    expect(await catchError(client.submitLead?.({}, { signal: controller.signal }))).toBe(reason)
  })

  it('ends an attempt that takes too long', async () => {
    const hanging: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    const client = createClientOf(operations, { ...baseOptions, fetch: hanging, timeoutSeconds: 0.01, maxRetries: 0 })
    expect(await catchError(client.listCareers?.())).toMatchObject({
      message: 'No response from https://api.example: No response within 0.01 seconds.',
    })
  })

  it('sends a key only where the API reads one, and the secret one if it has both', async () => {
    const responses = Array.from({ length: 4 }, () => accept({}))
    const { client, requests } = createFakeClient(responses, { sourceKey: 'pk_1' })
    await client.readCareer?.({ slug: 'a/b' })
    await client.matchSchools?.({})
    const { client: server, requests: serverRequests } = createFakeClient(responses, {
      sourceKey: 'pk_1',
      secretKey: 'sk_1',
    })
    await server.listPublisherLeads?.({ limit: 5, cursor: undefined })
    expect(requests.map(({ url, credentials }) => [url, credentials])).toEqual([
      ['https://api.example/v1/careers/a%2Fb', ''],
      ['https://api.example/v1/matches', 'pk_1'],
    ])
    expect(serverRequests).toMatchObject([
      { url: 'https://api.example/v1/publisher/leads?limit=5', credentials: 'Bearer sk_1' },
    ])
  })
})

type Reply = Error | (() => Response)
const baseOptions: PublisherClientOptions = { baseUrl: 'https://api.example/', sourceKey: 'pk_1' }

/** A client whose requests get these replies, and which notes its waits instead of waiting. */
function createFakeClient(replies: readonly Reply[], more: Partial<PublisherClientOptions> = {}) {
  const requests: { url: string; key: string; credentials: string; body: unknown }[] = []
  const waits: number[] = []
  const send: typeof fetch = async (url, init) => {
    const headers = new Headers(init?.headers)
    const credentials = headers.get('authorization') ?? headers.get('x-source-key') ?? ''
    const key = headers.get('idempotency-key') ?? ''
    const reply = replies[requests.length]
    requests.push({ url: String(url), key, credentials, body: init?.body })
    if (!reply) throw new Error('The client sent more requests than expected.')
    if (reply instanceof Error) throw reply
    return reply()
  }
  const options: PublisherClientOptions = { ...baseOptions, fetch: send, ...more }
  const wait = async (ms: number) => {
    waits.push(ms)
  }
  return { client: createClientOf(operations, options, { wait, random: () => 0.5 }), options, requests, waits }
}

function accept(body: object): Reply {
  return () => Response.json(body)
}

function refuse(status: number, headers: { [name: string]: string } = {}): () => Response {
  const code = status === 429 ? 'TOO_MANY_REQUESTS' : 'OTHER'
  const problem = { type: '', title: code, status, code, detail: 'See errors.', errors: [] }
  return () => Response.json(problem, { status, headers: { ...headers, 'content-type': 'application/problem+json' } })
}

async function catchError(call: Promise<unknown> | undefined): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('The call did not fail.')
}
