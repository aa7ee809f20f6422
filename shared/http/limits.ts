import { Refusal } from '../contract/problems.ts'
import { addressBlock, networkBlock } from '../domain/capture/address-block.ts'
import { type RateLimitStatus, windowSeconds } from '../domain/capture/bucket.ts'
import type { Digests } from '../platform/digests.ts'
import type { BucketStore } from '../store/capture/buckets.ts'
import { EngineUnwritable } from '../store/engine/engine.ts'
import { conflictRefusal } from '../store/retry-on-conflict.ts'

/** Requests per minute; absent: no limit. A source may have its own limit in its record. */
export type RateLimits = { address?: AddressLimit; key?: number }
type AddressLimit = { limit: number; hashBlock: (block: string) => string }
/** `owner` is an id, or an HMAC of personal data. */
export type RateLimit = { policy: Policy; owner: string; limit: number | undefined }
/** Takes one token of each rate limit. @throws Refusal TOO_MANY_REQUESTS if one has none left. */
export type Spend = (...limits: readonly RateLimit[]) => Promise<void>
type Policy = keyof typeof limitMessages
type LimitsDependencies = { buckets: Pick<BucketStore, 'take'>; now: () => Date }
export type LimitUsage = { policy: Policy; status: RateLimitStatus }

/** Creates the `spend` of one request, which adds the status of each limit to `usage`. */
export function createSpend(usage: LimitUsage[], { buckets, now }: LimitsDependencies): Spend {
  const take = async ({ policy, owner, limit }: RateLimit) => {
    if (limit === undefined) return
    const outcome = await buckets.take({ policy, owner, limit, now: now() }).catch((error: unknown) => {
      // On a full disk, staff must be able to read why. Whatever would be stored is refused anyway.
      if (error instanceof EngineUnwritable) return 'uncounted' as const
      throw error
    })
    if (outcome === 'uncounted') return
    if (outcome === 'busy') throw conflictRefusal()
    const { isAllowed: isTaken, status } = outcome
    usage.push({ policy, status })
    if (isTaken) return
    const headers = { 'retry-after': String(status.resetSeconds) }
    throw new Refusal('TOO_MANY_REQUESTS', `At most ${limit} ${limitMessages[policy]} per minute are accepted.`, {
      headers,
    })
  }
  return async (...limits) => {
    for (const limit of limits) await take(limit)
  }
}

/** A limit per address, which is stored only as an HMAC. */
export function createAddressLimit(limit: number, digests: Pick<Digests, 'hashAddressBlock'>): AddressLimit {
  return { limit, hashBlock: digests.hashAddressBlock }
}

/** Publishable keys are limited by the visitor's address, secret keys by key, because a server sends for many visitors. */
export function getCallerLimits(principal: LimitedCaller, ip: string, rates: RateLimits): RateLimit[] {
  if (principal.caller === 'source' && principal.scope === 'form') return getAddressLimits(ip, rates)
  return [{ policy: 'key', owner: principal.keyId ?? '', limit: principal.keyId === undefined ? undefined : rates.key }]
}

/** An IPv6 address counts for its /64, and for its /48, because a site can send from all /64s of it. */
export function getAddressLimits(ip: string, { address }: RateLimits): RateLimit[] {
  if (!address) return []
  const { limit, hashBlock } = address
  const network = networkBlock(ip)
  return [
    { policy: 'address', owner: hashBlock(addressBlock(ip)), limit },
    ...(network ? [{ policy: 'network', owner: hashBlock(network), limit: limit * addressesPerNetwork } as const] : []),
  ]
}

/** How many times the limit of one address a whole /48 has. */
const addressesPerNetwork = 4

/**
 * Withdrawals are limited in every deployment, because each one writes rows: by the address of a visitor and by source.
 * No person withdraws so often.
 */
export function getWithdrawalLimits(
  { ip, sourceId }: { ip: string | undefined; sourceId?: string | undefined },
  { digests }: { digests: Pick<Digests, 'hashAddressBlock'> },
): RateLimit[] {
  return [
    ...(ip === undefined
      ? []
      : getBlockLimits(
          ip,
          { policies: ['withdrawals', 'networkWithdrawals'], limit: maxWithdrawalsPerAddress },
          digests,
        )),
    ...(sourceId !== undefined
      ? [{ policy: 'sourceWithdrawals', owner: sourceId, limit: maxWithdrawalsPerSource } as const]
      : []),
  ]
}

/** Signing in is limited in every deployment: by address, and by email whether or not someone signs in with it. */
export function getSignInLimits(
  { ip, emailHash }: { ip: string; emailHash?: string },
  { digests }: { digests: Pick<Digests, 'hashAddressBlock'> },
): RateLimit[] {
  return [
    ...getBlockLimits(ip, { policies: ['signIns', 'networkSignIns'], limit: maxSignInsPerAddress }, digests),
    ...(emailHash === undefined
      ? []
      : [{ policy: 'signInEmails', owner: emailHash, limit: maxSignInsPerEmail } as const]),
  ]
}

/** Wrong keys of lead forms are limited by address in every deployment. */
export function getInboundKeyLimits(
  ip: string,
  { digests }: { digests: Pick<Digests, 'hashAddressBlock'> },
): RateLimit[] {
  return getBlockLimits(
    ip,
    { policies: ['inboundKeys', 'networkInboundKeys'], limit: maxInboundKeysPerAddress },
    digests,
  )
}

type BlockLimit = { policies: readonly [address: Policy, network: Policy]; limit: number }

/** A limit of one address, and of the network that an IPv6 address is in. */
function getBlockLimits(
  ip: string,
  { policies: [policy, networkPolicy], limit }: BlockLimit,
  { hashAddressBlock }: Pick<Digests, 'hashAddressBlock'>,
): RateLimit[] {
  const network = networkBlock(ip)
  return [
    { policy, owner: hashAddressBlock(addressBlock(ip)), limit },
    ...(network
      ? [{ policy: networkPolicy, owner: hashAddressBlock(network), limit: limit * addressesPerNetwork }]
      : []),
  ]
}

const maxInboundKeysPerAddress = 20
/** Leads of the lead forms of a source in a minute. */
export const maxInboundPerSource = 600
const maxSignInsPerAddress = 20
const maxSignInsPerEmail = 3
const maxWithdrawalsPerAddress = 30
const maxWithdrawalsPerSource = 120

type LimitedCaller = { caller: string; scope?: string; keyId?: string | undefined }

const limitMessages = {
  address: 'requests from one address',
  network: 'requests from one network',
  source: 'requests from this source',
  key: 'requests with one key',
  withdrawals: 'withdrawals from one address',
  networkWithdrawals: 'withdrawals from one network',
  sourceWithdrawals: 'withdrawals through this source',
  signIns: 'sign-ins from one address',
  networkSignIns: 'sign-ins from one network',
  signInEmails: 'sign-in links to one email',
  testLeads: 'test leads to one school',
  inbound: 'leads of lead forms to one source',
  inboundKeys: 'wrong keys from one address',
  networkInboundKeys: 'wrong keys from one network',
}

/** `RateLimit` and `RateLimit-Policy` headers as of draft-ietf-httpapi-ratelimit-headers-11. */
export function formatRateHeaders(usage: readonly LimitUsage[]): { [name: string]: string } {
  if (usage.length === 0) return {}
  const formatList = (item: (one: LimitUsage) => string) => usage.map(item).join(', ')
  return {
    'ratelimit-policy': formatList(({ policy, status }) => `"${policy}";q=${status.limit};w=${windowSeconds}`),
    ratelimit: formatList(({ policy, status }) => `"${policy}";r=${status.remaining};t=${status.resetSeconds}`),
  }
}
