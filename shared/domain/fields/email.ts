import { cleanToken } from './clean-text.ts'

const maxAddressLength = 254

/**
 * An address without what programs and keyboards put around or into it: a display name, angle brackets, `mailto:`, quotes,
 * a comma or dot at the end, spaces around the `@`, full-width letters, and typographic quotes and hyphens. Text that
 * holds two different addresses stays as it is.
 */
export function cleanAddress(value: string): string {
  const text = cleanToken(value)
  if (/^[\w.+-]+@[A-Za-z0-9.-]*[A-Za-z0-9]$/.test(text)) return text
  const typed = text
    .replace(compatibilityForms, (letter) => letter.normalize('NFKC'))
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[。｡]/g, '.')
  const [, display, bracketed] = /^([^<>\r\n]*)<([^<>]*)>[\s,;.]*$/.exec(typed) ?? []
  const address = stripEnds(bracketed ?? typed)
  // Outlook repeats the address as the display name. Any other address in it may be the one that is meant.
  if (display?.includes('@') && stripEnds(display).toLowerCase() !== address.toLowerCase()) return text
  return address
}

/** An address as mail servers know it: the domain in ASCII (punycode), and the mailbox as it is. Undefined if it is none. */
export function normalizeMailbox(value: string): string | undefined {
  const address = cleanAddress(value)
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

// Full-width ASCII of East Asian keyboards, and the ligatures of text that was copied from a PDF.
const compatibilityForms = /[\uFF01-\uFF5E\uFB00-\uFB06]/g

function stripEnds(text: string): string {
  return text
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .replace(/^\s*mailto:([^?]*@[^?]*)(?:\?.*)?$/is, '$1')
    .replace(/[\s,;.]+$/, '')
    .replace(/ ?@ ?/, '@')
    .replace(/^"([^"\\\s@]+)"@/, '$1@')
    .trim()
}

// RFC 5321 without quoted mailboxes that need their quotes, and RFC 6531 for letters beyond ASCII.
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
