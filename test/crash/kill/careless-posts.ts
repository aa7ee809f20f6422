import { lookup } from 'node:dns'
import { request } from 'undici'
import { addressKind } from '#shared/outbound/webhook/address-kind.ts'
import type { MakePost } from '../hostile/hostile-addresses.ts'

/** What one writes first: it follows redirects, inflates what comes, and knows no guard. */
export const fetchPost: MakePost =
  ({ deadlineMs }) =>
  async ({ url, headers, body }) => {
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(deadlineMs) })
      const text = await answer.text()
      return { stage: 'answered', status: answer.status, headers: {}, body: text, excerpt: text.slice(0, 4096), ms: 0 }
    } catch {
      return { stage: 'connect', reason: 'failed', ms: 0 }
    }
  }

/** A guard in the resolver alone, which nobody asks about an address that is written out. */
export const lookupOnlyPost: MakePost =
  ({ deadlineMs }) =>
  async ({ url, headers, body }) => {
    const { Agent } = await import('undici')
    const guarded: typeof lookup = Object.assign(
      (host: string, options: object, done: (error: Error | null, address: never) => void) =>
        lookup(host, { ...options, all: true }, (error, all) => {
          const found = all ?? []
          const refused = found.some(({ address }) => addressKind(address) !== 'public')
          done(error ?? (refused ? new Error('Not a public address') : null), found as never)
        }),
      lookup,
    ) as never
    const dispatcher = new Agent({ connect: { lookup: guarded } })
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
