import type { Reply } from '#shared/contract/route.ts'
import { explainMatch as route } from '#shared/contract/routing/match-explanation.ts'
import { stateOfZip } from '#shared/domain/capture/contact.ts'
import { buildMatchFacts } from '#shared/domain/capture/match.ts'
import { storedSource } from '#shared/domain/capture/source.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { decideRouting } from '#shared/workflows/routing/decide-routing.ts'
import { refuseFields, requireReferences } from '../catalog/require-references.ts'

type ExplainMatchDependencies = Pick<Dependencies, 'records' | 'routing' | 'now'>

/** Returns the decision that a match would make for a visitor: one verdict for each candidate. Writes nothing. */
export async function explainMatch(
  { body }: Request<typeof route>,
  deps: ExplainMatchDependencies,
): Promise<Reply<typeof route>> {
  const { sourceId, ...matchRequest } = body
  const state = stateOfZip(body.zip)
  if (!state) refuseFields([{ pointer: '/zip', code: 'unknown_zip', detail: 'must be a U.S. ZIP code' }])
  const [sourceRecord] = await requireReferences(
    sourceId ? [{ pointer: '/sourceId', kind: 'sources', id: sourceId }] : [],
    deps,
  )
  const source = {
    ...storedSource.parse(sourceRecord?.body ?? { name: 'No source', mode: 'live' }),
    id: sourceId ?? 'none',
  }
  const facts = buildMatchFacts(matchRequest, { state: state ?? '', source, at: deps.now().toISOString() })
  const { decision } = await decideRouting(facts, deps)
  return { status: 200, body: { decision } }
}

export const handler = defineHandler(route, explainMatch)
