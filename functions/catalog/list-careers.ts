import { listCareers as route } from '#shared/contract/catalog/catalog.ts'
import type { Reply } from '#shared/contract/route.ts'
import { maxQueryWords, splitWords } from '#shared/domain/catalog/career-search.ts'
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
  if (query.query !== undefined) return searchCareers(query.query, query.limit, { catalog })
  const after = query.cursor === undefined ? {} : { after: decodeCursor(query.cursor) }
  const page = { limit: query.limit, ...after }
  const { letter } = query
  const { careers, next } = await (letter === undefined ? catalog.careers(page) : catalog.careersByLetter(letter, page))
  if (!next?.sk) return { status: 200, body: { careers, page: { nextCursor: null } } }
  const nextCursor = Buffer.from(next.sk).toString('base64url')
  return {
    status: 200,
    headers: {
      link: formatLink('next', route.path, {
        limit: query.limit,
        ...(letter !== undefined && { letter }),
        cursor: nextCursor,
      }),
    },
    body: { careers, page: { nextCursor } },
  }
}

const maxFound = 20

/** Words that say nothing, such as `of`, are left out; without any other word nothing is found. */
async function searchCareers(
  text: string,
  limit: number,
  { catalog }: ListCareersDependencies,
): Promise<Reply<typeof route>> {
  const words = splitWords(text).slice(0, maxQueryWords)
  const careers = words.length === 0 ? [] : await catalog.search(words, Math.min(limit, maxFound))
  return { status: 200, body: { careers, page: { nextCursor: null } } }
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
