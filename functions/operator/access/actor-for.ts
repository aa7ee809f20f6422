import type { Author } from '#shared/domain/access/actor.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type AuthorPrincipal = { keyId?: string | undefined; person?: { personId: string; name: string } | undefined }

/** Returns who made a staff request, for records. Keys that are older than key IDs are recorded as `unknown`. */
export async function actorFor(
  { keyId, person }: AuthorPrincipal,
  { keyRing }: Pick<Dependencies, 'keyRing'>,
): Promise<Author> {
  if (person) return { keyId: keyId ?? 'unknown', name: person.name, personId: person.personId }
  const key = keyId === undefined ? undefined : await keyRing.find(keyId)
  return { keyId: keyId ?? 'unknown', name: key?.name ?? 'unknown' }
}
