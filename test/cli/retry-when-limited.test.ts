import { expect, it } from 'vitest'
import { retryWhenLimited } from '#cli/ops/retry-when-limited.ts'

const now = Date.parse('2026-11-29T12:00:00Z')
/** Sends one request that gets these responses in turn, and returns the status, the number of requests and the waits in ms. */
async function sendOnce(...responses: [status: number, retryAfter?: string][]) {
  const waits: number[] = []
  const bodies: unknown[] = []
  const send: typeof fetch = async (_, init) => {
    const [status, retryAfter] = responses[Math.min(bodies.length, responses.length - 1)] ?? [500]
    bodies.push(init?.body)
    return new Response('{}', { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } })
  }
  const wait = async (ms: number) => void waits.push(ms)
  const { status } = await retryWhenLimited(send, { wait, now: () => now })('http://a.example', { body: 'same' })
  return { status, requests: bodies.length, waits, isSame: bodies.every((body) => body === 'same') }
}

it.each<[string, [number, string?][], number[]]>([
  ['seconds', [[429, '7'], [200]], [7000]],
  ['a date', [[429, 'Sun, 29 Nov 2026 12:00:09 GMT'], [200]], [9000]],
  ['a date in the past', [[429, 'Sun, 29 Nov 2026 11:00:00 GMT'], [200]], [0]],
  ['no header, which is doubled', [[429], [429], [200]], [5000, 10_000]],
])('waits as Retry-After says: %s', async (_, responses, waits) => {
  expect(await sendOnce(...responses)).toEqual({ status: 200, requests: responses.length, waits, isSame: true })
})

it('gives up after five retries, and hands back the last response', async () => {
  expect(await sendOnce([429, '1'])).toMatchObject({ status: 429, requests: 6, waits: Array(5).fill(1000) })
})

it('does not wait longer than the five minutes of the firewall', async () => {
  expect(await sendOnce([429, '300'], [200])).toMatchObject({ status: 200, waits: [300_000] })
  expect(await sendOnce([429, '301'])).toMatchObject({ status: 429, requests: 1, waits: [] })
})

it('sends nothing again after another status', async () => {
  expect(await sendOnce([503, '1'])).toMatchObject({ status: 503, requests: 1 })
})
