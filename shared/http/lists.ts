import * as z from 'zod'
import { Refusal } from '../contract/problems.ts'
import type { Tokens } from '../platform/tokens.ts'
import type { Cursor } from '../store/engine/engine.ts'

type ListsDependencies = { tokens: Tokens; now: () => Date }
type PageQuery = { cursor?: string | undefined; limit: number; [filter: string]: string | number | undefined }
type PageRequest = { limit: number; after?: Cursor }

/** Returns which page is requested. `list` names the list and filters that a cursor is valid for. @throws Refusal for an invalid cursor. */
export async function parsePageRequest(
  list: string,
  { cursor, limit }: PageQuery,
  { tokens, now }: ListsDependencies,
): Promise<PageRequest> {
  if (cursor === undefined) return { limit }
  const token = tokens.open('cursor', cursor, now())
  const cursorState = typeof token === 'string' ? undefined : cursorContent.safeParse(token.content).data
  if (cursorState?.list !== list)
    throw invalidCursor('The cursor is not one of this list, or has expired: start from the first page.')
  return { limit, after: cursorState.after }
}

type ListPage = { path: string; query: { [name: string]: string | number | undefined }; next: Cursor | undefined }

/** Returns the `page` field and the `Link` header of a list response. */
export async function pageResponse(list: string, { path, query, next }: ListPage, { tokens, now }: ListsDependencies) {
  if (!next) return { page: { nextCursor: null }, headers: {} }
  const nextCursor = tokens.sign('cursor', { list, after: next }, { now: now(), seconds: cursorSeconds })
  return { page: { nextCursor }, headers: { link: formatLink('next', path, { ...query, cursor: nextCursor }) } }
}

/**
 * Reads one page and returns the whole reply: what `read` returned, and the cursor of the next page.
 * `list` says which list and filters a cursor belongs to. @throws Refusal if the cursor is not one of this list
 */
export async function replyWithPage<Body extends object>(
  list: string,
  { route, query }: { route: { path: string }; query: PageQuery },
  deps: ListsDependencies,
  read: (pageRequest: PageRequest) => Promise<Body & { next?: Cursor }>,
) {
  const { next, ...body } = await read(await parsePageRequest(list, query, deps))
  const { page, headers } = await pageResponse(list, { path: route.path, query, next }, deps)
  return { status: 200 as const, headers, body: { ...body, page } }
}

/**
 * Reads one page of an export and returns the whole reply: what `read` wrote as CSV, and in a header the cursor of the next
 * page. Only the first page has a header row, so that pages can be concatenated. @throws Refusal as `replyWithPage` does
 */
export async function replyWithCsvPage(
  list: string,
  { route, cursor, limit }: { route: { path: string }; cursor: string | undefined; limit: number },
  deps: ListsDependencies,
  read: (pageRequest: PageRequest, options: { header: boolean }) => Promise<{ csv: string; next?: Cursor | undefined }>,
) {
  const pageRequest = await parsePageRequest(list, { cursor, limit }, deps)
  const { csv, next } = await read(pageRequest, { header: cursor === undefined })
  const { page } = await pageResponse(list, { path: route.path, query: {}, next }, deps)
  return {
    status: 200 as const,
    headers: page.nextCursor === null ? {} : { 'x-next-cursor': page.nextCursor },
    body: csv,
  }
}

/** RFC 8288. */
export function formatLink(rel: 'next' | 'prev', path: string, query: ListPage['query']): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return `<${path}?${search}>; rel="${rel}"`
}

export function invalidCursor(detail: string): Refusal {
  return new Refusal('INVALID_REQUEST', detail, { errors: [{ pointer: '?cursor', code: 'invalid_cursor', detail }] })
}

const cursorSeconds = 24 * 60 * 60
const cursorContent = z.object({ list: z.string(), after: z.record(z.string(), z.string()) })
