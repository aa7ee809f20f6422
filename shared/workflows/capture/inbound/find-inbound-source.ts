import type { InboundLead } from '../../../domain/capture/inbound/build-inbound-lead.ts'
import { inboundKeyContext } from '../../../domain/capture/inbound/inbound-terms.ts'
import type { Dependencies } from '../../../platform/dependencies.ts'
import { isSameSecret } from '../../../platform/digests.ts'
import { findSource, type ResolvedSource } from '../find-source.ts'

type InboundCredentials = {
  sourceId: string
  vendor: InboundLead['vendor']
  key: string | undefined
  derive?: (key: string) => string
}

/**
 * Returns the source if it takes leads of the vendor and the key is one of its own that is valid now. `derive`: what is sent in place of a
 * key, such as a signature.
 */
export async function findInboundSource(
  { sourceId, vendor, key, derive = (own) => own }: InboundCredentials,
  deps: Pick<Dependencies, 'records' | 'sealer' | 'now'>,
): Promise<ResolvedSource | undefined> {
  const record = await deps.records.get('sources', sourceId)
  if (!record || !key) return undefined
  const { generation } = record
  const source = await findSource({ sourceId, scope: 'server', generation }, {}, deps)
  if (source.inbound?.vendor !== vendor) return undefined
  const at = deps.now().toISOString()
  const liveKeys = (source.sealed?.inboundKeys ?? []).filter(({ endsAt }) => endsAt === undefined || endsAt > at)
  const isKnown = liveKeys.some(({ sealed }) =>
    isSameSecret(derive(deps.sealer.open(inboundKeyContext(sourceId), sealed)), key),
  )
  return isKnown ? source : undefined
}
