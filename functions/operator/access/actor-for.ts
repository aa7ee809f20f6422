import type { Dependencies } from '#shared/platform/dependencies.ts'

/** Returns who made a staff request, for records. Keys that are older than key IDs are recorded as `unknown`. */
export async function actorFor(
  { keyId }: { keyId?: string | undefined },
  { keyRing }: Pick<Dependencies, 'keyRing'>,
): Promise<{ keyId: string; name: string }> {
  const key = keyId === undefined ? undefined : await keyRing.find(keyId)
  return { keyId: keyId ?? 'unknown', name: key?.name ?? 'unknown' }
}
