import { readPerson as route } from '#shared/contract/access/people.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** Returns everything that is stored about a person who signs in. */
export async function readPerson(
  { params: { personId } }: Request<typeof route>,
  { people, now }: Pick<Dependencies, 'people' | 'now'>,
): Promise<Reply<typeof route>> {
  const row = await people.find(personId)
  if (!row) throw new Refusal('NOT_FOUND', 'Person not found.')
  const active = await people.listActiveSessions(personId, now())
  const sessions = active.map(({ session: { sessionId, startedAt, endsAt, device }, lastUsedAt }) => ({
    ...{ sessionId, startedAt, endsAt, lastUsedAt },
    ...(device !== undefined && { device }),
  }))
  const unopenedLinks = row.links.filter(({ expiresAt }) => expiresAt > now().toISOString()).length
  const { person, notifications } = row
  return { status: 200, body: { person, sessions, unopenedLinks, ...(notifications && { notifications }) } }
}

export const handler = defineHandler(route, readPerson)
