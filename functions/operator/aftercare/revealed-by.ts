import type { Reveal } from '#shared/domain/aftercare/reveal.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { whoAsks } from '../access/who-asks.ts'

type Needs = Pick<Dependencies, 'keyRing' | 'now'>

/** Who looks, and when, as the note of it says. */
export async function revealedBy(
  principal: { keyId?: string | undefined },
  purpose: string | undefined,
  needs: Needs,
): Promise<Reveal> {
  const at = needs.now().toISOString()
  return { at, ...(await whoAsks(principal, needs)), ...(purpose !== undefined && { purpose }) }
}
