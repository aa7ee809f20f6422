import { readOwnAccess as route } from '#shared/contract/access/sessions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { staffRole } from '#shared/domain/access/access-person.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'

/** Returns the staff key or person of the request, so that a page can show who is signed in. */
export async function readOwnAccess({ principal }: Request<typeof route>): Promise<Reply<typeof route>> {
  const { keyId, name, scope, person } = principal
  const { data: role } = staffRole.safeParse(person?.role)
  return { status: 200, body: { scope, ...(keyId && { keyId }), ...(name && { name }), ...(role && { role }) } }
}

export const handler = defineHandler(route, readOwnAccess)
