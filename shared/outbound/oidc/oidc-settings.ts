import { isIP } from 'node:net'

/** The OpenID provider by which staff sign in. `name` is what the button says, such as `Okta`. */
export type OidcSettings = { issuer: string; clientId: string; name: string }

/**
 * Returns what is wrong with the address of an issuer: it needs HTTPS, unless the provider is on this machine, and no query
 * (OpenID Connect Core 1.0, section 2, `iss`).
 */
export function findIssuerFault(issuer: string): string | undefined {
  const url = URL.parse(issuer)
  const isPlain = url && [url.search, url.hash, url.username, url.password].every((part) => part === '')
  if (!isPlain) return 'It must be an address without a query, such as https://login.example.org.'
  if (url.protocol === 'https:' || isLoopbackIssuer(issuer)) return undefined
  return 'It must begin with https://.'
}

/** Whether a provider is on this machine, as in a trial. */
export function isLoopbackIssuer(issuer: string): boolean {
  const { protocol = '', hostname = '' } = URL.parse(issuer) ?? {}
  return protocol === 'http:' && (hostname === 'localhost' || (isIP(hostname) === 4 && hostname.startsWith('127.')))
}

/** Where the metadata of a provider is (OpenID Connect Discovery 1.0, section 4). */
export function getDiscoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}
