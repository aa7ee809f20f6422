import type { Reveal } from '#shared/domain/reveal.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'

type Needs = Pick<Dependencies, 'keyRing' | 'now'>

/** Who looks, as the note of it says. Keys from before they had ids are of nobody in particular. */
export async function revealedBy(
  { keyId }: { keyId?: string | undefined },
  purpose: string | undefined,
  { keyRing, now }: Needs,
): Promise<Reveal> {
  const key = keyId === undefined ? undefined : await keyRing.find(keyId)
  return {
    at: now().toISOString(),
    keyId: keyId ?? 'unknown',
    name: key?.name ?? 'unknown',
    ...(purpose !== undefined && { purpose }),
  }
}
