import type { SimulatedWorld } from '../run-world.ts'

/** How long a request may take: until then it may be allowed by what it read first. */
const maxRequestMs = 30_000

/**
 * Returns a fault for each act of a person who had been removed, or whose role did not allow it, when they asked. Judged by
 * what was stored of the person, because the response to a change may be lost.
 */
export function findAccessFaults({ colleagues, observations }: SimulatedWorld): string[] {
  return colleagues.uses.flatMap(({ personId, operation, askedAt }) => {
    const changes = observations.access.filter((one) => one.personId === personId)
    const current = changes.findLast(({ at }) => at <= askedAt)
    const later = changes.filter(({ at }) => at > askedAt && at <= askedAt + maxRequestMs)
    const roles = [current, ...later].flatMap((one) => one?.role ?? [])
    if (roles.length === 0) return [`${personId} did ${operation} after they had been removed`]
    return operation === 'takeLead' && roles.every((role) => role === 'viewer')
      ? [`${personId} did ${operation}, which is not for a viewer`]
      : []
  })
}
