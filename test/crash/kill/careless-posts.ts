import { lookup } from 'node:dns'
import { request } from 'undici'
import { classifyAddress } from '#shared/outbound/webhook/classify-address.ts'
import type { PostFactory } from '../hostile/hostile-addresses.ts'

/** A naive client: it follows redirects, inflates responses, and has no SSRF guard. */
export const createFetchPost: PostFactory =
  ({ deadlineMs }) =>
  async ({ url, headers, body }) => {
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(deadlineMs) })
      const text = await response.text()
      return {
        stage: 'answered',
        status: response.status,
        headers: {},
        body: text,
        excerpt: text.slice(0, 4096),
        ms: 0,
      }
    } catch {
      return { stage: 'connect', reason: 'failed', ms: 0 }
    }
  }

/** An SSRF guard only in the resolver, which is not called for IP literals. */
export const createLookupOnlyPost: PostFactory =
  ({ deadlineMs }) =>
  async ({ url, headers, body }) => {
    const { Agent } = await import('undici')
    const guardedLookup: typeof lookup = Object.assign(
      (host: string, options: object, callback: (error: Error | null, address: never) => void) =>
        lookup(host, { ...options, all: true }, (error, all) => {
          const addresses = all ?? []
          const isRefused = addresses.some(({ address }) => classifyAddress(address) !== 'public')
          callback(error ?? (isRefused ? new Error('Not a public address') : null), addresses as never)
        }),
      lookup,
    ) as never
    const dispatcher = new Agent({ connect: { lookup: guardedLookup } })
    try {
      const signal = AbortSignal.timeout(deadlineMs)
      const { statusCode } = await request(url, { method: 'POST', headers, body, signal, dispatcher })
      return { stage: 'answered', status: statusCode, headers: {}, body: '', excerpt: '', ms: 0 }
    } catch {
      return { stage: 'connect', reason: 'failed', ms: 0 }
    } finally {
      await dispatcher.destroy()
    }
  }
