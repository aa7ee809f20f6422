import * as z from 'zod'

/** The person of a session. Absent: an API key. */
const personId = z.string().optional()

/**
 * Who makes a change. `keyId` is that of the API key or of the session, and `name` that of the key or of the person. Keys
 * that are older than key IDs are recorded as `unknown`.
 */
export const actor = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('staff'), keyId: z.string(), name: z.string().optional(), personId }),
    z.object({
      kind: z.literal('school'),
      schoolId: z.string(),
      keyId: z.string(),
      name: z.string().optional(),
      personId,
    }),
    z.object({
      kind: z.literal('publisher'),
      sourceId: z.string(),
      keyId: z.string(),
      name: z.string().optional(),
      personId,
    }),
    z.object({ kind: z.literal('visitor') }),
    z.object({ kind: z.literal('system'), name: z.string() }),
  ])
  .meta({ id: 'Actor' })
export type Actor = z.output<typeof actor>

/** Who wrote a record: a person, or an API key. */
export const author = z
  .strictObject({
    keyId: z.string().meta({ description: 'ID of the key or session.' }),
    name: z.string().meta({ description: 'Name of the person or key.' }),
    personId: z.string().exactOptional().meta({ description: 'Absent: an API key.' }),
  })
  .meta({ id: 'Author' })
export type Author = z.output<typeof author>

/** The person who wrote a record of a school. */
export const writer = z.strictObject({ personId: z.string(), name: z.string() }).meta({ id: 'Writer' })
export type Writer = z.output<typeof writer>

type PersonHolder =
  | { caller: 'operator' }
  | { caller: 'school'; schoolId: string }
  | { caller: 'source'; sourceId: string }

/** The caller of a request, as `authorize` returns it. */
type ActorPrincipal = {
  keyId?: string | undefined
  name?: string | undefined
  person?: Writer | undefined
} & (
  | { caller: 'anyone' }
  | { caller: 'operator' }
  | { caller: 'school'; schoolId: string }
  | { caller: 'source'; sourceId: string; scope: 'form' | 'server' }
  | { caller: 'person'; holder: PersonHolder }
)

/** Returns the actor of a request. A publishable key is in every copy of a page, so its holder counts as a visitor. */
export function toActor(principal: ActorPrincipal): Actor {
  const { keyId = 'unknown', name, person } = principal
  const key = { keyId, ...(name !== undefined && { name }) }
  const from = { ...key, ...(person && { personId: person.personId }) }
  if (principal.caller === 'person') return toPersonActor(principal.holder, from)
  if (principal.caller === 'operator') return { kind: 'staff', ...from }
  if (principal.caller === 'school') return { kind: 'school', schoolId: principal.schoolId, ...from }
  if (principal.caller === 'source' && principal.scope === 'server')
    return { kind: 'publisher', sourceId: principal.sourceId, ...from }
  return { kind: 'visitor' }
}

function toPersonActor(holder: PersonHolder, from: { keyId: string; name?: string; personId?: string }): Actor {
  if (holder.caller === 'school') return { kind: 'school', schoolId: holder.schoolId, ...from }
  return holder.caller === 'source'
    ? { kind: 'publisher', sourceId: holder.sourceId, ...from }
    : { kind: 'staff', ...from }
}

/** The person who wrote a record; undefined for an API key. */
export function toWriter({ person }: { person?: Writer | undefined }): Writer | undefined {
  return person && { personId: person.personId, name: person.name }
}
