import { createPortalLink as route } from '#shared/contract/access/portal-links.ts'
import type { Reply } from '#shared/contract/route.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { requireReferences } from '../catalog/require-references.ts'

type CreatePortalLinkDependencies = Pick<Dependencies, 'records' | 'tokens' | 'newId' | 'now'>

/** Creates a link that staff send to a school and that signs in once. */
export async function createPortalLink(
  { body }: Request<typeof route>,
  deps: CreatePortalLinkDependencies,
): Promise<Reply<typeof route>> {
  const { schoolId, scope, expiresInHours } = body
  const [schoolRecord] = await requireReferences([{ pointer: '/schoolId', kind: 'schools', id: schoolId }], deps)
  const seconds = expiresInHours * 3600
  const { generation } = schoolRecord ?? {}
  const link = { linkId: deps.newId('link'), schoolId, scope, ...(generation && { generation }) }
  const token = await deps.tokens.sign('portal', link, { now: deps.now(), seconds })
  const expiresAt = addSeconds(deps.now().toISOString(), seconds)
  return { status: 201, body: { token, schoolId, expiresAt } }
}

export const handler = defineHandler(route, createPortalLink)
