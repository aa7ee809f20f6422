import * as z from 'zod'
import { openSchoolSession as route } from '#shared/contract/access/portal-links.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { generation } from '#shared/domain/catalog/generation.ts'
import { addHours } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { getAddressLimit } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { issueKey } from '#shared/workflows/access/issue-key.ts'

type OpenSchoolSessionDependencies = Pick<Dependencies, 'tokens' | 'rateLimits'> & Parameters<typeof issueKey>[1]

const sessionHours = 12

/** Exchanges a portal link for a key. Used, expired and forged links get the same refusal, so that they cannot be told apart. */
export async function openSchoolSession(
  request: Request<typeof route>,
  deps: OpenSchoolSessionDependencies,
): Promise<Reply<typeof route>> {
  await request.spend(getAddressLimit(request.ip, deps.rateLimits))
  const tokenResult = await deps.tokens.open('portal', request.body.token, deps.now())
  const link = typeof tokenResult === 'string' ? undefined : linkContent.safeParse(tokenResult.content).data
  if (!link) throw toLinkRefusal()
  const { linkId, schoolId, scope, generation: linkGeneration } = link
  const expiresAt = addHours(deps.now().toISOString(), sessionHours)
  // The link ID makes the name unique; the key ring creates one key per link.
  const sessionKey = { holder: { caller: 'school', schoolId }, scope, name: `Portal ${linkId}`, expiresAt } as const
  const origin = { actor: { kind: 'school', schoolId, keyId: linkId }, linkId, generation: linkGeneration } as const
  const result = await issueKey(sessionKey, deps, origin)
  if (typeof result === 'string') throw toLinkRefusal()
  return { status: 201, body: { key: result.key, schoolId, scope, expiresAt } }
}

function toLinkRefusal(): Refusal {
  return new Refusal('LINK_USED', 'This link was used or has expired. Ask your lead provider for a new one.')
}

const linkContent = z.object({
  linkId: z.string(),
  schoolId: z.string(),
  scope: z.enum(['read', 'manage']),
  generation,
})

export const handler = defineHandler(route, openSchoolSession)
