import { parseIpAddress } from '#shared/domain/fields/ip-address.ts'
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
  const entries = splitOutsideQuotes(value, ',').filter((entry) => entry.trim() !== '')
  const spelled = addressHeader === 'forwarded' ? entries.map(readForParameter) : entries
  for (const entry of spelled.slice(-trustedHops)) {
    const address = parseIpAddress(entry)
    if (address !== undefined) return address
  }
  return undefined
}

/** Returns the `for` of an element of Forwarded (RFC 7239), or nothing. */
function readForParameter(element: string): string {
  const [, value = ''] =
    splitOutsideQuotes(element, ';')
      .map((pair) => /^\s*for\s*=(.*)$/is.exec(pair))
      .find((match) => match !== null) ?? []
  return value.replace(/\\(.)/g, '$1')
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts = ['']
  let isQuoted = false
  for (const [index, character] of [...text].entries()) {
    if (character === '"' && text[index - 1] !== '\\') isQuoted = !isQuoted
    if (character === separator && !isQuoted) parts.push('')
    else parts.push(`${parts.pop() ?? ''}${character}`)
  }
  return parts
}
