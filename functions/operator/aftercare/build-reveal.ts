import type { Reveal } from '#shared/domain/aftercare/reveal.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { actorFor } from '../access/actor-for.ts'

type BuildRevealDependencies = Pick<Dependencies, 'keyRing' | 'now'>

/** Builds the record of who views contact details, when, and for which purpose. */
export async function buildReveal(
  principal: Parameters<typeof actorFor>[0],
  purpose: string | undefined,
  deps: BuildRevealDependencies,
): Promise<Reveal> {
  const at = deps.now().toISOString()
  return { at, ...(await actorFor(principal, deps)), ...(purpose !== undefined && { purpose }) }
}
