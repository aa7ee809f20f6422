import { createKey as route } from '#shared/contract/access/keys.ts'
import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Holder, maxKeysPerHolder, maxKeysPerName } from '#shared/domain/access/access-key.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { issueKey } from '#shared/workflows/access/issue-key.ts'

type CreateKeyDependencies = Pick<Dependencies, 'keyRing' | 'newId' | 'randomBytes' | 'now'>

/** A key that opens doors from the moment that this is answered, and is shown this once. */
export async function createKey(
  { body }: Request<typeof route>,
  deps: CreateKeyDependencies,
): Promise<Reply<typeof route>> {
  const { expiresAt: expiresAtInput, ...keyInput } = body
  const expiresAt = expiresAtInput && new Date(expiresAtInput).toISOString()
  if (expiresAt !== undefined && expiresAt <= deps.now().toISOString())
    throw invalidFields([{ pointer: '/expiresAt', code: 'past', detail: 'must lie ahead' }])
  const result = await issueKey({ ...keyInput, ...(expiresAt && { expiresAt }) }, deps)
  if (result === 'no-holder') throw invalidFields([unknownHolder(body.holder)])
  if (result === 'too-many')
    throw new Refusal(
      'TOO_MANY_KEYS',
      `Revoke one first: a holder has at most ${maxKeysPerName} live keys of a name, and ${maxKeysPerHolder} in all.`,
    )
  if (result === 'used') throw new Error('No link was given that could be used.')
  return { status: 201, body: result }
}

function unknownHolder(holder: Holder) {
  const [field, kind] = holder.caller === 'school' ? ['schoolId', 'schools'] : ['sourceId', 'sources']
  return { pointer: `/holder/${field}`, code: 'unknown_record', detail: `names none of the ${kind}` }
}

export const handler = defineHandler(route, createKey)
