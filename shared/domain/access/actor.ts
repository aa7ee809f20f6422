import * as z from 'zod'

/** Who makes a change. `keyId` is that of the API key; keys that are older than key IDs are recorded as `unknown`. */
export const actor = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('staff'), keyId: z.string(), name: z.string().optional() }),
    z.object({ kind: z.literal('school'), schoolId: z.string(), keyId: z.string(), name: z.string().optional() }),
    z.object({ kind: z.literal('publisher'), sourceId: z.string(), keyId: z.string(), name: z.string().optional() }),
    z.object({ kind: z.literal('visitor') }),
    z.object({ kind: z.literal('system'), name: z.string() }),
  ])
  .meta({ id: 'Actor' })
export type Actor = z.output<typeof actor>

/** The caller of a request, as `authorize` returns it. */
type ActorPrincipal = { keyId?: string | undefined; name?: string | undefined } & (
  | { caller: 'anyone' }
  | { caller: 'operator' }
  | { caller: 'school'; schoolId: string }
  | { caller: 'source'; sourceId: string; scope: 'form' | 'server' }
)

/** Returns the actor of a request. A publishable key is in every copy of a page, so its holder counts as a visitor. */
export function toActor(principal: ActorPrincipal): Actor {
  const key = { keyId: principal.keyId ?? 'unknown', ...(principal.name !== undefined && { name: principal.name }) }
  if (principal.caller === 'operator') return { kind: 'staff', ...key }
  if (principal.caller === 'school') return { kind: 'school', schoolId: principal.schoolId, ...key }
  if (principal.caller === 'source' && principal.scope === 'server')
    return { kind: 'publisher', sourceId: principal.sourceId, ...key }
  return { kind: 'visitor' }
}
