import { isIP } from 'node:net'
import { classifyAddress } from './classify-address.ts'
import { createHostResolver, type ResolveHost } from './create-host-resolver.ts'

export type SsrfGuardSettings = {
  /** `allowed` is for the local host: loopback may be called by http and on any port. */
  loopback: 'refused' | 'allowed'
  /** Ports that https may use. Default: 443 and 8443. */
  ports?: readonly number[]
}

/** A checked URL with its addresses. Connect only to these: resolving the name again would bypass the check. */
export type GuardedUrl = { url: URL; addresses: readonly string[] } | { refused: string }

/**
 * Checks a school's URL and every address of its host, so that a webhook cannot reach our own network. `addresses` is
 * empty if the host has none. @throws what `resolve` throws.
 */
export async function ssrfGuard(
  urlText: string,
  settings: SsrfGuardSettings,
  resolve: ResolveHost = resolveHost,
): Promise<GuardedUrl> {
  const fault = findUrlFault(urlText, settings)
  if (fault !== undefined) return { refused: fault }
  const url = new URL(urlText)
  const host = getHost(url)
  const addresses = isIP(host) ? [host] : (await resolve(host)).map(({ address }) => address)
  const isLoopbackAllowed = settings.loopback === 'allowed'
  const kinds = addresses.map(classifyAddress)
  if (kinds.some((kind) => kind === 'special' || (kind === 'loopback' && !isLoopbackAllowed)))
    return { refused: notPublicMessage }
  if (findTransportFault(url, settings) && kinds.includes('public')) return { refused: notLoopbackMessage }
  return { url, addresses }
}

/** Returns why a school's URL is refused, as far as can be told without resolving its host; undefined if it is not. */
export function findUrlFault(urlText: string, settings: SsrfGuardSettings): string | undefined {
  const url = URL.parse(urlText)
  if (!url) return 'It must be a URL.'
  if (url.username || url.password) return 'It must not contain a user name or a password.'
  const host = getHost(url)
  if (host.endsWith('.')) return 'Its host must not end with a dot.'
  const fault = findTransportFault(url, settings)
  if (settings.loopback === 'allowed' && isLoopbackHost(host)) return isHttpUrl(url) ? undefined : fault
  if (fault !== undefined) return fault
  if (isIP(host)) return classifyAddress(host) === 'public' ? undefined : notPublicMessage
  return isInternalHost(host) ? 'Its host must be a public internet name.' : undefined
}

const notPublicMessage = 'Its host must have public IP addresses only.'
const notLoopbackMessage = 'Only this machine may be called without https or on another port.'

function findTransportFault(url: URL, { ports = [443, 8443] }: SsrfGuardSettings): string | undefined {
  if (url.protocol !== 'https:') return 'It must start with https://.'
  return ports.includes(Number(url.port || 443)) ? undefined : `Its port must be one of ${ports.join(', ')}.`
}

/** The URL parser has normalized the host: 0x7f.1, 2130706433 and full-width digits are 127.0.0.1 by now. */
function getHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

function isHttpUrl(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:'
}

function isLoopbackHost(host: string): boolean {
  return classifyAddress(host) === 'loopback' || /(^|\.)localhost$/.test(host)
}

/** Names that only a private network resolves (RFC 6761, 6762, 8375; `.internal` by ICANN's resolution of 2024). */
function isInternalHost(host: string): boolean {
  return !host.includes('.') || /(^|\.)(localhost|localdomain|local|internal|home\.arpa)$/.test(host)
}

const resolveHost = createHostResolver()
