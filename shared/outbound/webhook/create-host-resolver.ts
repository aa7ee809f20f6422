import { lookup, Resolver } from 'node:dns/promises'

/** Returns every address of a host name. */
export type ResolveHost = (hostname: string) => Promise<readonly { address: string }[]>

export type HostResolverSettings = {
  /** Name servers; absent: those of the system. */
  servers?: readonly string[]
  /** Addresses of names that are not asked for. */
  getHosts?: () => ReadonlyMap<string, string[]>
  /** Asks the system, which may know a name that the name servers do not. */
  lookupInSystem?: ResolveHost
  /** After so long a look-up is canceled. */
  deadlineMs?: number
}

const lookupDeadlineMs = 5000
/** For one question to one name server. The second one waits longer. */
const questionTimeoutMs = 1500
const maxTries = 2
/** How long addresses of one family wait for those of the other. */
const otherFamilyMs = 250

/**
 * Resolves host names without `getaddrinfo`, whose four threads the whole process shares: a name server that does not
 * answer would stop every look-up. Each look-up has its own resolver, which its deadline cancels, and look-ups of one
 * name at a time are one. Names in `getHosts` and `localhost` are not asked for. A name that the name servers do not
 * know is asked for in the system, one name at a time, so that its other threads stay free. The promise rejects with a
 * code: `ENOTFOUND` or `ENODATA` if the name has no address, any other if that cannot be told.
 */
export function createHostResolver({
  servers,
  getHosts = () => new Map(),
  lookupInSystem = (hostname) => lookup(hostname, { all: true }),
  deadlineMs = lookupDeadlineMs,
}: HostResolverSettings = {}): ResolveHost {
  const currentLookups = new Map<string, Promise<string[]>>()
  let previousSystemLookup: Promise<unknown> = Promise.resolve()

  async function resolveName(hostname: string): Promise<string[]> {
    const listedAddresses = getHosts().get(hostname)
    if (listedAddresses) return listedAddresses
    // RFC 6761: these names are never asked for.
    if (/(^|\.)localhost$/.test(hostname)) return ['127.0.0.1', '::1']
    const resolver = new Resolver({ timeout: questionTimeoutMs, tries: maxTries })
    if (servers) resolver.setServers(servers)
    const timer = setTimeout(() => resolver.cancel(), deadlineMs)
    try {
      return await resolveBothFamilies(hostname, resolver)
    } catch (error) {
      if (!hasNoAddress(error)) throw error
      return (await waitAtMost(deadlineMs, askSystem(hostname))) ?? Promise.reject(error)
    } finally {
      clearTimeout(timer)
      resolver.cancel()
    }
  }

  function askSystem(hostname: string): Promise<string[] | undefined> {
    const addresses = previousSystemLookup
      .then(() => lookupInSystem(hostname))
      .then(
        (entries) => entries.map(({ address }) => address),
        () => undefined,
      )
    previousSystemLookup = addresses
    return addresses
  }

  return async (hostname) => {
    const name = hostname.toLowerCase()
    const lookup = currentLookups.get(name) ?? resolveName(name).finally(() => currentLookups.delete(name))
    currentLookups.set(name, lookup)
    return (await lookup).map((address) => ({ address }))
  }
}

/** A family that answers late is left out: only the returned addresses are checked and connected to. */
async function resolveBothFamilies(hostname: string, resolver: Resolver): Promise<string[]> {
  const families = [resolver.resolve4(hostname), resolver.resolve6(hostname)].map(requireAddress)
  try {
    await Promise.any(families)
  } catch (error) {
    throw chooseError(error instanceof AggregateError ? error.errors : [error])
  }
  const addresses = await Promise.all(
    families.map((family) =>
      waitAtMost(
        otherFamilyMs,
        family.catch(() => []),
      ),
    ),
  )
  return addresses.flatMap((family) => family ?? [])
}

/** Returns undefined if the promise is not settled within so many milliseconds. */
async function waitAtMost<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const { promise: isOver, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, ms, undefined)
  try {
    return await Promise.race([promise, isOver])
  } finally {
    clearTimeout(timer)
  }
}

/** An alias that leads nowhere or to itself comes without an error. */
async function requireAddress(lookup: Promise<string[]>): Promise<string[]> {
  const addresses = await lookup
  if (addresses.length === 0) throw Object.assign(new Error('The name has no address.'), { code: 'ENODATA' })
  return addresses
}

/** A name does not exist in any family. It has no addresses only if both families said so. */
function chooseError(errors: readonly unknown[]): Error {
  const codes = errors.map(getCode)
  const code = codes.includes('ENOTFOUND') ? 'ENOTFOUND' : (codes.find((one) => one !== 'ENODATA') ?? 'ENODATA')
  return Object.assign(new Error('The host name could not be resolved.'), {
    code: code === 'ECANCELLED' ? 'ETIMEOUT' : code,
  })
}

function hasNoAddress(error: unknown): boolean {
  return ['ENOTFOUND', 'ENODATA'].includes(getCode(error))
}

function getCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'
}
