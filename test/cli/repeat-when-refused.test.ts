import { expect, it } from 'vitest'
import { repeatWhenRefused } from '#cli/ops/repeat-when-refused.ts'

const now = Date.parse('2026-11-29T12:00:00Z')
type FakeResponse = [status: number, retryAfter?: string]
const sendOnce = (...responses: FakeResponse[]) => sendRequest({ method: 'POST' }, ...responses)
/** Sends one request that gets these responses in turn, and returns the status, the number of requests and the waits in ms. */
async function sendRequest(init: RequestInit, ...responses: FakeResponse[]) {
  const waits: number[] = []
  const reasons: number[] = []
  const bodies: unknown[] = []
  const send: typeof fetch = async (_, init) => {
    const [status, retryAfter] = responses[Math.min(bodies.length, responses.length - 1)] ?? [500]
    bodies.push(init?.body)
    return new Response('{}', { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } })
  }
  const wait = async (ms: number) => void waits.push(ms)
  const onWait = (_: number, status: number) => void reasons.push(status)
  const request = { ...init, body: 'same' }
  const { status } = await repeatWhenRefused(send, { wait, now: () => now, onWait })('http://a.example', request)
  return { status, requests: bodies.length, waits, reasons, isSame: bodies.every((body) => body === 'same') }
}

it.each<[string, [number, string?][], number[]]>([
  ['seconds', [[429, '7'], [200]], [7000]],
  ['a date', [[429, 'Sun, 29 Nov 2026 12:00:09 GMT'], [200]], [9000]],
  ['a date in the past', [[429, 'Sun, 29 Nov 2026 11:00:00 GMT'], [200]], [0]],
  ['no header, which is doubled', [[429], [429], [200]], [5000, 10_000]],
])('waits as Retry-After says: %s', async (_, responses, waits) => {
  expect(await sendOnce(...responses)).toMatchObject({ status: 200, requests: responses.length, waits, isSame: true })
})

it('gives up after five retries, and hands back the last response', async () => {
  expect(await sendOnce([429, '1'])).toMatchObject({ status: 429, requests: 6, waits: Array(5).fill(1000) })
})

it('does not wait longer than the five minutes of the firewall', async () => {
  expect(await sendOnce([429, '300'], [200])).toMatchObject({ status: 200, waits: [300_000] })
  expect(await sendOnce([429, '301'])).toMatchObject({ status: 429, requests: 1, waits: [] })
})

it.each<[string, RequestInit]>([
  ['GET', { method: 'GET' }],
  ['a request without a method', {}],
  ['PUT', { method: 'PUT', headers: { 'if-match': '"3"' } }],
  ['DELETE', { method: 'DELETE' }],
  ['POST with an Idempotency-Key', { method: 'POST', headers: new Headers({ 'Idempotency-Key': 'one' }) }],
])('waits as Retry-After of a 503 says: %s', async (_, init) => {
  expect(await sendRequest(init, [503, '60'], [429, '1'], [200])).toEqual({
    status: 200,
    requests: 3,
    waits: [60_000, 1000],
    reasons: [503, 429],
    isSame: true,
  })
})

it('gives up after five retries of 503, and does not wait longer than five minutes', async () => {
  expect(await sendRequest({}, [503, '60'])).toMatchObject({ status: 503, requests: 6, waits: Array(5).fill(60_000) })
  expect(await sendRequest({}, [503, '301'])).toMatchObject({ status: 503, requests: 1 })
})

it.each<[string, RequestInit, FakeResponse]>([
  ['a 503 of a POST without a key', { method: 'POST' }, [503, '1']],
  ['a 503 without Retry-After', { method: 'GET' }, [503]],
  ['another status', { method: 'GET' }, [500, '1']],
])('sends nothing again after %s', async (_, init, response) => {
  expect(await sendRequest(init, response)).toMatchObject({ status: response[0], requests: 1 })
})
