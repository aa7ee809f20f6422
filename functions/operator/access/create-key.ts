import { createKey as route } from '#shared/contract/access/keys.ts'
import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Holder, mostOfOneHolder, mostOfOneName } from '#shared/domain/access/access-key.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { makeKey } from '#shared/workflows/access/make-key.ts'

type Needs = Pick<Dependencies, 'keyRing' | 'newId' | 'randomBytes' | 'now'>

/** A key that opens doors from the moment that this is answered, and is shown this once. */
export async function createKey({ body }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { expiresAt: ends, ...wanted } = body
  const expiresAt = ends && new Date(ends).toISOString()
  if (expiresAt !== undefined && expiresAt <= needs.now().toISOString())
    throw invalidFields([{ pointer: '/expiresAt', code: 'past', detail: 'must lie ahead' }])
  const made = await makeKey({ ...wanted, ...(expiresAt && { expiresAt }) }, needs)
  if (made === 'no-holder') throw invalidFields([unknownHolder(body.holder)])
  if (made === 'too-many')
    throw new Refusal(
      'TOO_MANY_KEYS',
      `Revoke one first: a holder has at most ${mostOfOneName} live keys of a name, and ${mostOfOneHolder} in all.`,
    )
  if (made === 'used') throw new Error('No link was given that could be used.')
  return { status: 201, body: made }
}

function unknownHolder(holder: Holder) {
  const [field, kind] = holder.caller === 'school' ? ['schoolId', 'schools'] : ['sourceId', 'sources']
  return { pointer: `/holder/${field}`, code: 'unknown_record', detail: `names none of the ${kind}` }
}

export const handler = serve(route, createKey)
