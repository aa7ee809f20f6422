import type { buildConnector } from 'undici'
import { deadlineIn } from './deadline.ts'
import { dial } from './dial.ts'
import { failure, type Stage } from './failure.ts'
import { type GuardSettings, guard, type Resolve } from './guard.ts'
import { inSips } from './in-sips.ts'
import { type Answered, readAnswer } from './read-answer.ts'

const secondsToConnect = 5
const secondsInAll = 15

export type Post = (request: Request) => Promise<Answer>
export type Request = {
  method?: 'POST' | 'PUT' | 'PATCH'
  url: string
  headers: { [name: string]: string }
  body: string
  signal?: AbortSignal
}

/** How far a request came. From `send` on the school may have had it; only `answered` tells what became of it. */
export type Answer = (
  | ({ stage: 'answered' } & Answered)
  /** The guard's no, or a request that cannot be put on the wire: nothing was sent, and no school is to blame. */
  | { stage: 'refused'; reason: string }
  | { stage: Stage | 'deadline'; reason: string }
) & { ms: number }

type Setup = { settings: GuardSettings; resolve?: Resolve; deadlineMs?: number; clock?: () => number }

/**
 * Posts to schools. Follows no redirect, inflates nothing, and gives up `deadlineMs` (15 s) after the start, wherever
 * it is by then. Each request has a connection of its own: a kept one may have died while a Lambda was frozen, and
 * would leave us guessing whether the school had the lead. Reasons are codes or sentences without personal data.
 */
export function webhook(setup: Setup): Post {
  const { settings, resolve, deadlineMs = secondsInAll * 1000, clock = () => performance.now() } = setup
  return async ({ method = 'POST', url, headers, body, signal }) => {
    const began = clock()
    const ended = <Outcome>(outcome: Outcome) => ({ ...outcome, ms: Math.round(clock() - began) })
    using deadline = deadlineIn(deadlineMs, signal)
    let stage: Stage = 'resolve'
    try {
      const guarded = await Promise.race([guard(url, settings, resolve), deadline.passed])
      if ('refused' in guarded) return ended({ stage: 'refused', reason: guarded.refused })
      if (guarded.addresses.length === 0) return ended({ stage: 'resolve', reason: 'ENOTFOUND' })
      stage = 'connect'
      const connected = () => {
        stage = 'send'
      }
      await using client = await clientOf(guarded, deadline.signal, connected)
      const response = await client.request({
        ...requestTo(guarded.url, headers),
        method,
        body,
        signal: deadline.signal,
      })
      stage = 'receive'
      return ended({ stage: 'answered', ...(await readAnswer(response)) })
    } catch (error) {
      return ended(failure({ stage, error, deadline, signal }))
    }
  }
}

/** undici is loaded when it is first needed: it costs a Lambda 80 ms and 30 MB. */
async function clientOf(
  { url, addresses }: { url: URL; addresses: readonly string[] },
  signal: AbortSignal,
  connected: () => void,
) {
  const { buildConnector, Client } = await import('undici')
  const toAddress = buildConnector({ allowH2: false, timeout: secondsToConnect * 1000, signal })
  const toChecked = dial(addresses, toAddress, signal)
  const connect: buildConnector.connector = (options, callback) =>
    toChecked(options, (...[error, socket]) => {
      if (error) return callback(error, null)
      connected()
      callback(null, inSips(socket))
    })
  const client = new Client(url.origin, { allowH2: false, connect })
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.destroy() })
}

function requestTo({ pathname, search }: URL, headers: { [name: string]: string }) {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const kept = Object.fromEntries(given.filter(([name]) => name !== 'host'))
  return {
    path: `${pathname}${search}`,
    headers: { 'user-agent': 'Prospectus', ...kept, 'accept-encoding': 'identity' },
    // One deadline is over all of it: a limit per chunk is none to whoever sends a byte a second.
    headersTimeout: 0,
    bodyTimeout: 0,
  } as const
}
