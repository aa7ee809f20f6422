import { cleanToken } from './clean-text.ts'

const maxAddressLength = 254

/** An address as mail servers know it: the domain in ASCII (punycode), and the mailbox as it is. Undefined if it is none. */
export function normalizeMailbox(value: string): string | undefined {
  const address = cleanToken(value)
  const at = address.lastIndexOf('@')
  const mailbox = address.slice(0, Math.max(at, 0))
  const domain = toAsciiDomain(address.slice(at + 1))
  if (domain === undefined || !mailboxPattern.test(mailbox) || mailbox.length > 64) return undefined
  const normalized = `${mailbox}@${domain}`
  return normalized.length <= maxAddressLength ? normalized : undefined
}

/** One spelling for each person: as `normalizeMailbox`, in lower case. */
export function normalizeEmail(value: string): string | undefined {
  return normalizeMailbox(value.toLowerCase())
}

// RFC 5321 without quoted mailboxes, and RFC 6531 for letters beyond ASCII.
const mailboxPattern = /^[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+)*$/u
const domainPattern =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/

function toAsciiDomain(domain: string): string | undefined {
  const ascii = /^[\x21-\x7E]*$/.test(domain) ? domain.toLowerCase() : encodeDomain(domain)
  return domainPattern.test(ascii) ? ascii : undefined
}

/** The URL parser knows international domains (UTS 46). Characters that end a domain in a URL are none of a domain. */
function encodeDomain(domain: string): string {
  return /[\s/?#@:\\%[\]]/.test(domain) ? '' : (URL.parse(`http://${domain}`)?.hostname ?? '')
}
