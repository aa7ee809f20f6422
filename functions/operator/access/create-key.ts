import { createKey as route } from '#shared/contract/access/keys.ts'
import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Holder, maxKeysPerHolder, maxKeysPerName } from '#shared/domain/access/access-key.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { issueKey } from '#shared/workflows/access/issue-key.ts'

type CreateKeyDependencies = Parameters<typeof issueKey>[1]

/** Creates an API key. The secret is in this response only. */
export async function createKey(
  { body, principal }: Request<typeof route>,
  deps: CreateKeyDependencies,
): Promise<Reply<typeof route>> {
  const { expiresAt: expiresAtInput, ...keyInput } = body
  const expiresAt = expiresAtInput && new Date(expiresAtInput).toISOString()
  if (expiresAt !== undefined && expiresAt <= deps.now().toISOString())
    throw invalidFields([{ pointer: '/expiresAt', code: 'past', detail: 'must be in the future' }])
  const result = await issueKey({ ...keyInput, ...(expiresAt && { expiresAt }) }, deps, { actor: toActor(principal) })
  if (result === 'no-holder') throw invalidFields([unknownHolder(body.holder)])
  if (typeof result === 'string')
    throw new Refusal(
      'TOO_MANY_KEYS',
      `Revoke a key first: a holder has at most ${maxKeysPerName} active keys per name and ${maxKeysPerHolder} in total.`,
    )
  return { status: 201, body: result }
}

function unknownHolder(holder: Holder) {
  const field = holder.caller === 'school' ? 'schoolId' : 'sourceId'
  return {
    pointer: `/holder/${field}`,
    code: 'unknown_record',
    detail: `must be the ID of an existing ${holder.caller}`,
  }
}

export const handler = defineHandler(route, createKey)
