import { cleanLine, cutText } from './clean-text.ts'
import { findFirstValue } from './labels.ts'

export const maxUrlLength = 2048

/** The address of a page or app as a browser or server tells it, cut to its limit. Undefined if it is no address. */
export function normalizeContextUrl(value: unknown): string | undefined {
  const first = findFirstValue(value)
  if (typeof first !== 'string') return undefined
  const text = cleanLine(first)
  const spelled = schemeless.test(text) ? `https://${text}` : text
  const protocol = URL.parse(spelled)?.protocol
  if (protocol === undefined || withCode.has(protocol)) return undefined
  const url = cleanLine(cutUrl(spelled.replace(credentials, '$1')))
  return URL.canParse(url) ? url : undefined
}

/** The address of a page of the web. Undefined if it is none, or too long. */
export function normalizeWebUrl(value: unknown): string | undefined {
  const url = normalizeContextUrl(value)
  return url !== undefined && /^https?:/i.test(url) ? url : undefined
}

// A name and a password are for the browser and the site, and for no one who reads the lead.
const credentials = /^([a-z][a-z\d+.-]*:\/\/)[^/?#\\]*@/i

// A link of these would run code or hold a document.
const withCode = new Set(['javascript:', 'vbscript:', 'data:'])
const schemeless = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?:[/?#]|$)/iu

/** No half of a percent-encoded character is left at the end. */
function cutUrl(url: string): string {
  if (url.length <= maxUrlLength) return url
  let cut = cutText(url, maxUrlLength).replace(/%[0-9a-f]?$/i, '')
  while (/%[0-9a-f]{2}$/i.test(cut) && !isDecodable(/(?:%[0-9a-f]{2})+$/i.exec(cut)?.[0] ?? '')) cut = cut.slice(0, -3)
  return cut
}

function isDecodable(escapes: string): boolean {
  try {
    decodeURIComponent(escapes)
    return true
  } catch {
    return false
  }
}
