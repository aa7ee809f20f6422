import { Refusal } from '../contract/problems.ts'
import { addressBlock } from '../domain/capture/address-block.ts'
import { type Standing, windowSeconds } from '../domain/capture/bucket.ts'
import type { Digests } from '../platform/digests.ts'
import type { BucketStore } from '../store/capture/buckets.ts'

/** How many requests a minute; absent: as many as may come. A source's own limit stands in its record. */
export type Rates = { address?: AddressRate; key?: number }
type AddressRate = { limit: number; nameOf: (ip: string) => string }
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
    const headers = { 'retry-after': String(standing.resetSeconds) }
    throw new Refusal('TOO_MANY_REQUESTS', `At most ${limit} in a minute ${told[policy]}.`, { headers })
  }
}

/** A limit for addresses, which are known by their HMAC alone. */
export function addressRate(limit: number, digests: Pick<Digests, 'ofAddress'>): AddressRate {
  return { limit, nameOf: (ip) => digests.ofAddress(addressBlock(ip)) }
}

/** Pages are held to the limit of their visitor's address. A publisher's server speaks for many, and has a key of its own. */
export function limitOfCaller(principal: Caller, ip: string, rates: Rates): Limit {
  if (principal.caller === 'source' && principal.scope === 'form') return limitOfAddress(ip, rates)
  return { policy: 'key', whose: principal.keyId ?? '', limit: principal.keyId === undefined ? undefined : rates.key }
}

export function limitOfAddress(ip: string, { address }: Rates): Limit {
  return { policy: 'address', whose: address?.nameOf(ip) ?? '', limit: address?.limit }
}

type Caller = { caller: string; scope?: string; keyId?: string | undefined }

const told = {
  address: 'may come from one address',
  source: 'may come from this source',
  key: 'may come with one key',
  testLeads: 'may be sent to one school as a test',
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
