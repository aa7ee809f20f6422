import { parseIpAddress, splitAddresses } from '#shared/domain/fields/ip-address.ts'
import type { HttpRequest } from './read-request.ts'

/** In which header the proxies in front of this host write addresses, and how many proxies there are. */
export type ProxySettings = { addressHeader: 'x-forwarded-for' | 'forwarded'; trustedHops: number }

/**
 * Returns the address of the client in front of the trusted proxies; undefined if they name none. Each proxy adds its
 * client's address at the end, so entries are counted from there; callers can forge those before. If the outermost
 * proxy wrote no address, that of the next one is used.
 */
export function readClientAddress(
  { headers }: Pick<HttpRequest, 'headers'>,
  { addressHeader, trustedHops }: ProxySettings,
): string | undefined {
  if (trustedHops === 0) return undefined
  const value = headers.flatMap(([name, line]) => (name.toLowerCase() === addressHeader ? [line] : [])).join(',')
  for (const entry of splitAddresses(value, addressHeader).slice(-trustedHops)) {
    const address = parseIpAddress(entry)
    if (address !== undefined) return address
  }
  return undefined
}
