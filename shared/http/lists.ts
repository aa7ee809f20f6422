import * as z from 'zod'
import { Refusal } from '../contract/problems.ts'
import type { Tokens } from '../platform/tokens.ts'
import type { Cursor } from '../store/engine/engine.ts'

type Needs = { tokens: Tokens; now: () => Date }
type Asked = { cursor?: string | undefined; limit: number }

/** The page that a caller asks for. `list` says which list and filters a cursor belongs to. */
export async function pageAsked(list: string, { cursor, limit }: Asked, { tokens, now }: Needs) {
  if (cursor === undefined) return { limit }
  const opened = await tokens.open('cursor', cursor, now())
  const sealed = typeof opened === 'string' ? undefined : content.safeParse(opened.content).data
  if (sealed?.list !== list)
    throw badCursor('The cursor is not one of this list, or has expired: start from the first page.')
  return { limit, after: sealed.after }
}

type Told = { path: string; query: { [name: string]: string | number | undefined }; next: Cursor | undefined }

/** What a list says of its next page, in the body and as a `Link`. */
export async function pageTold(list: string, { path, query, next }: Told, { tokens, now }: Needs) {
  if (!next) return { page: { nextCursor: null }, headers: {} }
  const nextCursor = await tokens.sign('cursor', { list, after: next }, { now: now(), seconds: cursorSeconds })
  return { page: { nextCursor }, headers: { link: linkTo('next', path, { ...query, cursor: nextCursor }) } }
}

/** RFC 8288. */
export function linkTo(rel: 'next' | 'prev', path: string, query: Told['query']): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return `<${path}?${search}>; rel="${rel}"`
}

export function badCursor(detail: string): Refusal {
  return new Refusal('INVALID_REQUEST', detail, { errors: [{ pointer: '?cursor', code: 'invalid_cursor', detail }] })
}

const cursorSeconds = 24 * 60 * 60
const content = z.object({ list: z.string(), after: z.record(z.string(), z.string()) })
