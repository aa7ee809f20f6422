import { gunzipSync, gzipSync } from 'node:zlib'
import * as z from 'zod'
import type { Tokens } from '../platform/tokens.ts'
import { invalidCursor } from './lists.ts'

type ContinuationTokenDependencies = { tokens: Tokens; now: () => Date }

/** Hands long work to its caller between two pages: a cursor that carries all that the next page needs to know. */
export async function encodeContinuation(
  work: string,
  state: object,
  { tokens, now }: ContinuationTokenDependencies,
): Promise<string> {
  const compressedState = gzipSync(JSON.stringify(state)).toString('base64url')
  return tokens.sign('cursor', { list: work, state: compressedState }, { now: now(), seconds: continuationSeconds })
}

/** @throws Refusal where the cursor is not one of this work, or has expired. */
export async function decodeContinuation(
  work: string,
  cursor: string,
  { tokens, now }: ContinuationTokenDependencies,
): Promise<unknown> {
  const token = await tokens.open('cursor', cursor, now())
  const continuation = typeof token === 'string' ? undefined : continuationContent.safeParse(token.content).data
  if (continuation?.list !== work)
    throw invalidCursor('The cursor is not one of this work, or has expired: start anew.')
  return JSON.parse(gunzipSync(Buffer.from(continuation.state, 'base64url')).toString())
}

const continuationSeconds = 60 * 60
const continuationContent = z.object({ list: z.string(), state: z.string() })
