import * as z from 'zod'
import { isSuperseded, type Suppression } from '../../domain/aftercare/suppression.ts'
import { generation, toOwnerName } from '../../domain/catalog/generation.ts'
import type { Engine } from '../engine/engine.ts'
import { consentKey, leadKey, personKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import type { SuppressionRow } from './suppression-rows.ts'

/**
 * The later consents of a suppressed person. They are found when staff read the suppression: a row written with the lead
 * would show a page which people are known here.
 */
export async function listSupersedingConsents(
  engine: Engine<Table>,
  { digests, ...row }: SuppressionRow,
): Promise<Suppression['supersededBy']> {
  const pages = digests.map((digest) => queryAll(engine, { in: 'leads', pk: personKey(digest, '').pk, limit: 100 }))
  const leadIds = [...new Set((await Promise.all(pages)).flat().map(({ sk }) => sk))]
  const consents = await Promise.all(leadIds.map((leadId) => readConsent(engine, leadId)))
  return consents
    .flatMap((one) => (one && isSuperseded(row, one) ? [one] : []))
    .map(({ leadId, grantedAt, schoolIds }) => ({ leadId, at: grantedAt, schoolIds }))
}

async function readConsent(engine: Engine<Table>, leadId: string) {
  const [leadItem, consentItem] = await Promise.all([
    engine.get({ in: 'leads', key: leadKey(leadId) }),
    engine.get({ in: 'leads', key: consentKey(leadId) }),
  ])
  if (!leadItem || !consentItem) return undefined
  const { sourceId, sourceGeneration } = sourceOfLead.parse(leadItem)
  const sourceOwner = toOwnerName({ id: sourceId, generation: sourceGeneration })
  return { leadId, sourceOwner, ...consentOfLead.parse(consentItem) }
}

const sourceOfLead = z.object({ sourceId: z.string(), sourceGeneration: generation })
const consentOfLead = z.object({ grantedAt: z.string(), schoolIds: z.array(z.string()) })
