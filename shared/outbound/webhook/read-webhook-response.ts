import type { Dispatcher } from 'undici'

const maxBodyBytes = 64 * 1024
const maxExcerptBytes = 4 * 1024
const headersOfInterest = ['content-type', 'content-encoding', 'retry-after', 'webhook-delivery'] as const

export type WebhookResponseContent = {
  status: number
  headers: { [name in (typeof headersOfInterest)[number]]?: string }
  /** At most 64 KiB, for the response rules. Empty if it is compressed, which the request did not allow. */
  body: string
  /** The first 4 KiB of the body at most, for the attempt log. */
  excerpt: string
}

/** Reads a response up to 64 KiB; the caller closes the connection. */
export async function readWebhookResponse({
  statusCode,
  headers,
  body,
}: Dispatcher.ResponseData): Promise<WebhookResponseContent> {
  const headerEntries = headersOfInterest.flatMap((name) => {
    const value = [headers[name] ?? []].flat()[0]
    return value === undefined ? [] : [[name, value.slice(0, 256)] as const]
  })
  const bytes = await readBeginning(body, isUncompressed(headers['content-encoding']) ? maxBodyBytes : 0)
  return {
    status: statusCode,
    headers: Object.fromEntries(headerEntries),
    body: decodeText(bytes),
    excerpt: decodeText(bytes.subarray(0, maxExcerptBytes)),
  }
}

async function readBeginning(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= maxBytes) break
  }
  return Buffer.concat(chunks).subarray(0, maxBytes)
}

/** Leaves out a character that the size limit cuts in two. */
function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes, { stream: true })
}

function isUncompressed(encoding: string | string[] | undefined): boolean {
  return [encoding ?? []].flat().every((name) => name.toLowerCase() === 'identity')
}
