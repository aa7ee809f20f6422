import * as z from 'zod'

/**
 * Returns the IP address in a text as proxies, servers and databases write it: with a port, brackets, quotes, a zone, the
 * prefix length of one address or spaces, in canonical form (RFC 5952), an IPv4-mapped address as IPv4; undefined if there
 * is none, as for `unknown`.
 */
export function parseIpAddress(text: string): string | undefined {
  const spelled = text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
  const address = (/^\[([^\]]*)\](?::\d*)?$/.exec(spelled)?.[1] ?? /^([\d.]+):\d*$/.exec(spelled)?.[1] ?? spelled)
    .replace(/(?<=\..*)\/32$|(?<=:.*)\/128$/, '')
    .replace(/%.*$/, '')
  if (ipv4.safeParse(address).success) return address
  return ipv6.safeParse(address).success ? canonicalize(address) : undefined
}

/**
 * Splits what a proxy tells of addresses: the entries of `X-Forwarded-For`, or the `for` of each element of `Forwarded`
 * (RFC 7239), empty if an element has none. Each is spelled as `parseIpAddress` reads it.
 */
export function splitAddresses(text: string, header: 'x-forwarded-for' | 'forwarded'): string[] {
  const entries = splitOutsideQuotes(text, ',').filter((entry) => entry.trim() !== '')
  return header === 'forwarded' ? entries.map(readForParameter) : entries
}

function readForParameter(element: string): string {
  const [, value = ''] =
    splitOutsideQuotes(element, ';')
      .map((pair) => /^\s*for\s*=(.*)$/is.exec(pair))
      .find((match) => match !== null) ?? []
  return value.replace(/\\(.)/g, '$1')
}

/** From the end, where the entries of trusted proxies are: a quote that a caller left open reaches none of them. */
function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = []
  let isQuoted = false
  let end = text.length
  for (let index = text.length - 1; index >= 0; index--) {
    if (text[index] === '"' && text[index - 1] !== '\\') isQuoted = !isQuoted
    if (text[index] !== separator || isQuoted) continue
    parts.unshift(text.slice(index + 1, end))
    end = index
  }
  return [text.slice(0, end), ...parts]
}

const ipv4 = z.ipv4()
const ipv6 = z.ipv6()

/** A URL holds an IPv6 address in the form of RFC 5952, with an IPv4 part in hexadecimal. */
function canonicalize(address: string): string {
  const canonical = URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? address.toLowerCase()
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? []
  if (high === undefined || low === undefined) return canonical
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [Math.floor(group / 256), group % 256])
    .join('.')
}
