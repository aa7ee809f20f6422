import type { Dispatcher } from 'undici'
import { decodeExcerpt, decodeResponse, isCompressed, tooLongReason } from './decode-response.ts'

const maxBodyBytes = 64 * 1024
const maxExcerptBytes = 4 * 1024
const headersOfInterest = ['content-type', 'content-encoding', 'retry-after', 'webhook-delivery'] as const

export type WebhookResponseContent = {
  status: number
  headers: { [name in (typeof headersOfInterest)[number]]?: string }
  /** At most 64 KiB, decompressed, for the response rules. Empty if `unreadable` is set. */
  body: string
  /** The first 4 KiB of the body at most, for the attempt log. */
  excerpt: string
  /** Why the response after its status cannot be read. */
  unreadable?: string
}

type ConnectionState = { wasReset: () => boolean }

/**
 * Reads a response up to 64 KiB; a longer one ends its connection. Never throws: the status counts, whatever happens to
 * the body. `describeError` says why the body ended early.
 */
export async function readWebhookResponse(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  connection: ConnectionState,
  describeError: (error: unknown) => string,
): Promise<WebhookResponseContent> {
  const headerEntries = headersOfInterest.flatMap((name) => {
    const values = [headers[name] ?? []].flat()
    // Only codings add up; of other headers that are repeated, the first counts.
    const value = name === 'content-encoding' && values.length > 0 ? values.join(', ') : values[0]
    return value === undefined ? [] : [[name, value.slice(0, 256)] as const]
  })
  const { 'content-encoding': contentEncoding, 'content-type': contentType } = Object.fromEntries(headerEntries)
  const { bytes, fault } = await readBeginning(body, describeError)
  const framingFault = findFramingFault(headers, connection)
  const decoded =
    fault !== undefined || framingFault !== undefined
      ? { unreadable: fault ?? framingFault ?? '' }
      : decodeResponse(bytes, { contentEncoding, contentType }, maxBodyBytes)
  const readable = 'bytes' in decoded ? decoded.bytes : isCompressed(contentEncoding) ? Buffer.alloc(0) : bytes
  return {
    status: statusCode,
    headers: Object.fromEntries(headerEntries),
    body: 'text' in decoded ? decoded.text : '',
    excerpt: decodeExcerpt(readable.subarray(0, maxExcerptBytes), contentType),
    ...('unreadable' in decoded && { unreadable: decoded.unreadable }),
  }
}

async function readBeginning(
  body: AsyncIterable<Uint8Array>,
  describeError: (error: unknown) => string,
): Promise<{ bytes: Buffer; fault?: string }> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      length += chunk.length
      if (length > maxBodyBytes) return { bytes: Buffer.concat(chunks).subarray(0, maxBodyBytes), fault: tooLongReason }
    }
    return { bytes: Buffer.concat(chunks) }
  } catch (error) {
    return { bytes: Buffer.concat(chunks), fault: describeError(error) }
  }
}

/** Returns a fault that undici does not report. */
function findFramingFault(headers: Dispatcher.ResponseData['headers'], { wasReset }: ConnectionState) {
  const transferCodings = [headers['transfer-encoding'] ?? []].flat().join(',').trim().toLowerCase()
  if (transferCodings !== '' && transferCodings !== 'chunked')
    return 'The response has a transfer coding that is not supported.'
  // Without a length, only the end of the connection ends the body, and a reset connection has no end.
  const hasLength = headers['content-length'] !== undefined || transferCodings === 'chunked'
  return wasReset() && !hasLength ? 'The response was cut off.' : undefined
}
