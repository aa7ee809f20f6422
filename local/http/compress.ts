import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const gzipAsync = promisify(gzip)
type Content = { headers: { [name: string]: unknown }; bytes: Buffer; acceptEncoding: string | undefined }

/** Pages repeat for every reader, so each is compressed once. */
const compressed = new Map<string, Buffer>()
const maxCompressed = 100

/**
 * The gzip bytes of a public page, script, style sheet or large document, and the headers that say so, for a caller that
 * takes them; undefined for everything else. What is not to be stored is never compressed, because its length could tell a secret.
 */
export async function compress({ headers, bytes, acceptEncoding }: Content) {
  const vary = [headers.vary, 'Accept-Encoding'].filter(Boolean).join(', ')
  // A 304 has no type, and the Vary that the 200 would have (RFC 9110, 15.4.5).
  if (headers.etag !== undefined && headers['content-type'] === undefined) return { bytes, headers: { vary } }
  if (!isCompressible(headers, bytes)) return undefined
  if (!takesGzip(acceptEncoding)) return { bytes, headers: { vary } }
  const etag = headers.etag === undefined ? undefined : String(headers.etag)
  const stored = etag && compressed.get(etag)
  const result = stored || (await gzipAsync(bytes))
  if (etag && compressed.size < maxCompressed) compressed.set(etag, result)
  // The bytes differ from those that the strong tag names.
  const weakTag = etag && { etag: etag.startsWith('W/') ? etag : `W/${etag}` }
  return { bytes: result, headers: { vary, 'content-encoding': 'gzip', ...weakTag } }
}

const minBytes = 1400
const minJsonBytes = 64 * 1024

function isCompressible(headers: Content['headers'], { length }: Buffer): boolean {
  const type = String(headers['content-type'] ?? '')
  if (/no-store/.test(String(headers['cache-control'] ?? 'no-store')) || 'content-encoding' in headers) return false
  return /^(text\/(html|css|javascript)|image\/svg\+xml)\b/.test(type)
    ? length >= minBytes
    : type.startsWith('application/json') && length >= minJsonBytes
}

/** What is said of gzip outranks what is said of all codings, in any order (RFC 9110, 12.5.3). */
function takesGzip(acceptEncoding = ''): boolean {
  const codings = acceptEncoding.split(',').flatMap((part) => {
    const [, name = '', weight = '1'] = /^\s*([\w-]+|\*)\s*(?:;\s*q=([\d.]+)\s*)?$/i.exec(part) ?? []
    return name === '' ? [] : [{ name: name.toLowerCase().replace(/^x-gzip$/, 'gzip'), isTaken: Number(weight) > 0 }]
  })
  const coding = codings.find(({ name }) => name === 'gzip') ?? codings.find(({ name }) => name === '*')
  return coding?.isTaken ?? false
}
