import { listCareers as route } from '#shared/contract/catalog/catalog.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { formatLink, invalidCursor } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { contentsKey } from '#shared/store/keys.ts'

type ListCareersDependencies = Pick<Dependencies, 'catalog'>

/** Returns a page of careers by title. The list is public, so its cursor is encoded but not signed. */
export async function listCareers(
  { query }: Request<typeof route>,
  { catalog }: ListCareersDependencies,
): Promise<Reply<typeof route>> {
  const after = query.cursor === undefined ? {} : { after: decodeCursor(query.cursor) }
  const { careers, next } = await catalog.careers({ limit: query.limit, ...after })
  if (!next?.sk) return { status: 200, body: { careers, page: { nextCursor: null } } }
  const nextCursor = Buffer.from(next.sk).toString('base64url')
  return {
    status: 200,
    headers: { link: formatLink('next', route.path, { limit: query.limit, cursor: nextCursor }) },
    body: { careers, page: { nextCursor } },
  }
}

function decodeCursor(cursor: string) {
  const sk = Buffer.from(cursor, 'base64url').toString()
  if (!cursorPattern.test(sk))
    throw invalidCursor('The cursor does not belong to this list. Start from the first page.')
  return { pk: contentsKey('', '').pk, sk }
}

// `{title}#{slug}`: the sort key of the row. A longer text cannot be a key.
const cursorPattern = /^.{1,200}#[a-z0-9-]{1,100}$/u

export const handler = defineHandler(route, listCareers)
