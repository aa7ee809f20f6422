import { Refusal } from '../contract/problems.ts'
import { type Standing, windowSeconds } from '../domain/bucket.ts'
import type { BucketStore } from '../store/buckets.ts'

/** How many requests a minute; absent: as many as may come. A source's own limit stands in its record. */
export type Rates = { address?: number; key?: number }
/** `whose` is an id, or an HMAC where it would be a person's. */
export type Limit = { policy: Policy; whose: string; limit: number | undefined }
/** Takes a token for each limit, in order. @throws Refusal where one has none left. */
export type Spend = (limit: Limit) => Promise<void>
type Policy = keyof typeof told
type Needs = { buckets: Pick<BucketStore, 'take'>; now: () => Date }
export type Spent = { policy: Policy; standing: Standing }

/** Spends tokens for one request, and notes in `spent` how each limit stands. */
export function spender(spent: Spent[], { buckets, now }: Needs): Spend {
  return async ({ policy, whose, limit }) => {
    if (limit === undefined) return
    const outcome = await buckets.take({ policy, whose, limit, now: now() })
    if (outcome === 'busy')
      throw new Refusal('BUSY', 'Send the same request again in a moment.', { headers: { 'retry-after': '1' } })
    const { taken, standing } = outcome
    spent.push({ policy, standing })
    if (taken) return
    const headers = { 'retry-after': String(Math.max(1, standing.resetSeconds)) }
    throw new Refusal('TOO_MANY_REQUESTS', `At most ${limit} in a minute ${told[policy]}.`, { headers })
  }
}

/** The limit of a secret key; what has no key of its own has no such limit. */
export function keyLimit(principal: object, { key }: Rates): Limit {
  const keyId = 'keyId' in principal && typeof principal.keyId === 'string' ? principal.keyId : undefined
  return { policy: 'key', whose: keyId ?? '', limit: keyId === undefined ? undefined : key }
}

const told = {
  address: 'may come from one address',
  source: 'may come from this source',
  key: 'may come with one key',
}

/** As draft-ietf-httpapi-ratelimit-headers-11 has it: what is allowed, and how much of it is left. */
export function rateHeaders(spent: readonly Spent[]): { [name: string]: string } {
  if (spent.length === 0) return {}
  const list = (item: (one: Spent) => string) => spent.map(item).join(', ')
  return {
    'ratelimit-policy': list(({ policy, standing }) => `"${policy}";q=${standing.limit};w=${windowSeconds}`),
    ratelimit: list(({ policy, standing }) => `"${policy}";r=${standing.remaining};t=${standing.resetSeconds}`),
  }
}
