import { readOpenapi as route } from '#shared/contract/about.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** Returns the OpenAPI document. It is read on request, so that it does not slow the cold start of other routes. */
export async function readOpenapi(
  _request: unknown,
  { loadOpenapi }: Pick<Dependencies, 'loadOpenapi'>,
): Promise<Reply<typeof route>> {
  return { status: 200, body: await loadOpenapi() }
}

export const handler = defineHandler(route, readOpenapi)
