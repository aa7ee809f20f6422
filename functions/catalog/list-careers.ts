import { listCareers as route } from '#shared/contract/catalog/catalog.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { badCursor, linkTo } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { contentsKey } from '#shared/store/keys.ts'

type Needs = Pick<Dependencies, 'catalog'>

/** All careers by title. A place in a public list is no secret, so its cursor is encoded, not signed. */
export async function listCareers({ query }: Request<typeof route>, { catalog }: Needs): Promise<Reply<typeof route>> {
  const after = query.cursor === undefined ? {} : { after: placeOf(query.cursor) }
  const { careers, next } = await catalog.careers({ limit: query.limit, ...after })
  if (!next?.sk) return { status: 200, body: { careers, page: { nextCursor: null } } }
  const nextCursor = Buffer.from(next.sk).toString('base64url')
  return {
    status: 200,
    headers: { link: linkTo('next', route.path, { limit: query.limit, cursor: nextCursor }) },
    body: { careers, page: { nextCursor } },
  }
}

function placeOf(cursor: string) {
  const sk = Buffer.from(cursor, 'base64url').toString()
  if (!isPlace.test(sk)) throw badCursor('The cursor is not one of this list: start from the first page.')
  return { pk: contentsKey('', '').pk, sk }
}

// `{title}#{slug}`, as the contents are kept; longer ones would be no key.
const isPlace = /^.{1,200}#[a-z0-9-]{1,100}$/u

export const handler = serve(route, listCareers)
