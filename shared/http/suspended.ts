import { gunzipSync, gzipSync } from 'node:zlib'
import * as z from 'zod'
import type { Tokens } from '../platform/tokens.ts'
import { badCursor } from './lists.ts'

type Needs = { tokens: Tokens; now: () => Date }

/** Hands long work to its caller between two pages: a cursor that carries all that the next page needs to know. */
export async function suspend(work: string, state: object, { tokens, now }: Needs): Promise<string> {
  const packed = gzipSync(JSON.stringify(state)).toString('base64url')
  return tokens.sign('cursor', { list: work, state: packed }, { now: now(), seconds: secondsToGoOn })
}

/** @throws Refusal where the cursor is not one of this work, or has expired. */
export async function resume(work: string, cursor: string, { tokens, now }: Needs): Promise<unknown> {
  const opened = await tokens.open('cursor', cursor, now())
  const sealed = typeof opened === 'string' ? undefined : content.safeParse(opened.content).data
  if (sealed?.list !== work) throw badCursor('The cursor is not one of this work, or has expired: start anew.')
  return JSON.parse(gunzipSync(Buffer.from(sealed.state, 'base64url')).toString())
}

const secondsToGoOn = 60 * 60
const content = z.object({ list: z.string(), state: z.string() })
