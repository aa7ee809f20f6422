import type { Dependencies } from '#shared/platform/dependencies.ts'

/** The staff key that asks, for a note of it. Keys from before they had ids are of nobody in particular. */
export async function actorFor(
  { keyId }: { keyId?: string | undefined },
  { keyRing }: Pick<Dependencies, 'keyRing'>,
): Promise<{ keyId: string; name: string }> {
  const key = keyId === undefined ? undefined : await keyRing.find(keyId)
  return { keyId: keyId ?? 'unknown', name: key?.name ?? 'unknown' }
}
