import { gunzipSync, gzipSync } from 'node:zlib'
import * as z from 'zod'
import type { Tokens } from '../platform/tokens.ts'
import { invalidCursor } from './lists.ts'

type ContinuationTokenDependencies = { tokens: Tokens; now: () => Date }

/** Returns a signed cursor that carries the state of long work, so that the caller can request the next part. */
export async function encodeContinuation(
  work: string,
  state: object,
  { tokens, now }: ContinuationTokenDependencies,
): Promise<string> {
  const compressedState = gzipSync(JSON.stringify(state)).toString('base64url')
  return tokens.sign('cursor', { list: work, state: compressedState }, { now: now(), seconds: continuationSeconds })
}

/** Returns the state that a cursor carries. @throws Refusal if it belongs to other work or has expired. */
export async function decodeContinuation(
  work: string,
  cursor: string,
  { tokens, now }: ContinuationTokenDependencies,
): Promise<unknown> {
  const token = tokens.open('cursor', cursor, now())
  const continuation = typeof token === 'string' ? undefined : continuationContent.safeParse(token.content).data
  if (continuation?.list !== work)
    throw invalidCursor('The cursor is not one of this work, or has expired: start anew.')
  return JSON.parse(gunzipSync(Buffer.from(continuation.state, 'base64url')).toString())
}

const continuationSeconds = 60 * 60
const continuationContent = z.object({ list: z.string(), state: z.string() })
