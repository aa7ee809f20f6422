import * as z from 'zod'
import { openSchoolSession as route } from '#shared/contract/access/portal-links.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { limitOfAddress } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { makeKey } from '#shared/workflows/access/make-key.ts'

type Needs = Pick<Dependencies, 'keyRing' | 'tokens' | 'newId' | 'randomBytes' | 'rates' | 'now'>

const sessionHours = 12

/** A key for whoever comes first with a link. Who comes second, too late or with a link of their own making is told the same. */
export async function openSchoolSession(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  await request.spend(limitOfAddress(request.ip, needs.rates))
  const opened = await needs.tokens.open('portal', request.body.token, needs.now())
  const link = typeof opened === 'string' ? undefined : content.safeParse(opened.content).data
  if (!link) throw usedUp()
  const { linkId, schoolId, scope } = link
  const expiresAt = new Date(needs.now().getTime() + sessionHours * 3_600_000).toISOString()
  // The name is the link's alone: the ring makes no second key for it.
  const wanted = { holder: { caller: 'school', schoolId }, scope, name: `Portal ${linkId}`, expiresAt } as const
  const made = await makeKey(wanted, needs, { once: linkId })
  if (typeof made === 'string') throw usedUp()
  return { status: 201, body: { key: made.key, schoolId, scope, expiresAt } }
}

function usedUp(): Refusal {
  return new Refusal('LINK_USED', 'A link works once, and for a time. Ask whoever sent it for another.')
}

const content = z.object({ linkId: z.string(), schoolId: z.string(), scope: z.enum(['read', 'manage']) })

export const handler = serve(route, openSchoolSession)
