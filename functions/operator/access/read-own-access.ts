import { readOwnAccess as route } from '#shared/contract/access/sessions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'

/** Returns the staff key of the request, so that a page can show who is signed in. */
export async function readOwnAccess({ principal }: Request<typeof route>): Promise<Reply<typeof route>> {
  const { keyId, name, scope } = principal
  return { status: 200, body: { scope, ...(keyId && { keyId }), ...(name && { name }) } }
}

export const handler = defineHandler(route, readOwnAccess)
