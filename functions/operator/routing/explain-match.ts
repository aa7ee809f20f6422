import { explainMatch as route } from '#shared/contract/operator.ts'
import type { Reply } from '#shared/contract/route.ts'
import { stateOfZip } from '#shared/domain/capture/contact.ts'
import { matchQuestion } from '#shared/domain/capture/match.ts'
import { keptSource } from '#shared/domain/capture/source.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { routeEnquiry } from '#shared/workflows/routing/route-enquiry.ts'
import { refuseFields, requireReferences } from '../catalog/require-references.ts'

type Needs = Pick<Dependencies, 'records' | 'routing' | 'now'>

/** What a visitor's match would be and why: every campaign that was looked at, with its verdict. */
export async function explainMatch({ body }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { sourceId, ...asked } = body
  const state = stateOfZip(body.zip)
  if (!state) refuseFields([{ pointer: '/zip', code: 'unknown_zip', detail: 'is not a ZIP code of the United States' }])
  const [kept] = await requireReferences(
    sourceId ? [{ pointer: '/sourceId', kind: 'sources', id: sourceId }] : [],
    needs,
  )
  const source = { ...keptSource.parse(kept?.body ?? { name: 'No source', mode: 'live' }), id: sourceId ?? 'none' }
  const question = matchQuestion(asked, { state: state ?? '', source, at: needs.now().toISOString() })
  const { decision } = await routeEnquiry(question, needs)
  return { status: 200, body: { decision } }
}

export const handler = serve(route, explainMatch)
