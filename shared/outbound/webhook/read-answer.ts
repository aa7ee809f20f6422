import type { Dispatcher } from 'undici'

const longest = 64 * 1024
const longestExcerpt = 4 * 1024
const headersOfInterest = ['content-type', 'content-encoding', 'retry-after', 'webhook-delivery'] as const

export type Answered = {
  status: number
  headers: { [name in (typeof headersOfInterest)[number]]?: string }
  /** At most 64 KiB, for reading what the school decided. Empty where it is compressed, which it was asked not to be. */
  body: string
  /** The first 4 KiB of the body at most, for keeping. */
  excerpt: string
}

/** Reads an answer up to its limit and hangs up on the rest. */
export async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Answered> {
  const known = headersOfInterest.flatMap((name) => {
    const value = [headers[name] ?? []].flat()[0]
    return value === undefined ? [] : [[name, value.slice(0, 256)] as const]
  })
  const bytes = await beginning(body, isPlain(headers['content-encoding']) ? longest : 0)
  return {
    status: statusCode,
    headers: Object.fromEntries(known),
    body: textOf(bytes),
    excerpt: textOf(bytes.subarray(0, longestExcerpt)),
  }
}

async function beginning(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= limit) break
  }
  return Buffer.concat(chunks).subarray(0, limit)
}

/** A character that the limit cuts in two is left out. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes, { stream: true })
}

function isPlain(encoding: string | string[] | undefined): boolean {
  return [encoding ?? []].flat().every((name) => name.toLowerCase() === 'identity')
}
