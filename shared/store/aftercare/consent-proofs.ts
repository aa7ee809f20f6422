import * as z from 'zod'
import type { StoredProof } from '../../domain/aftercare/consent-proof-seal.ts'
import type { Reveal } from '../../domain/aftercare/reveal.ts'
import { reveal } from '../../domain/aftercare/reveal.ts'
import { lead } from '../../domain/capture/lead.ts'
import { consentRow } from '../capture/consent-row.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { consentKey, leadKey, personKey, proofKey, proofViewKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toItem, toRowSchema } from '../rows.ts'

export type ConsentProofStore = ReturnType<typeof consentProofStore>

/** Proofs of consent, which outlive the erasure of their person. */
export function consentProofStore(engine: Engine<Table>) {
  /** IDs of all leads of a person, by HMACs of email or phone, also of those that were erased. */
  const findLeadIds = async (hmacs: readonly string[]): Promise<string[]> => {
    const partitions = hmacs.flatMap((hmac) => [personKey(hmac, '').pk, proofKey(hmac, '').pk])
    const rows = await Promise.all(partitions.map((pk) => queryAll(engine, { in: 'leads', pk, limit: 100 })))
    return [...new Set(rows.flat().map(({ sk }) => sk))]
  }

  const findByLead = async (leadId: string): Promise<StoredProof | undefined> => {
    const [rows, leadItem] = await Promise.all([
      queryAll(engine, { in: 'leads', pk: consentKey(leadId).pk, limit: 100 }),
      engine.get({ in: 'leads', key: leadKey(leadId) }),
    ])
    const consentItem = rows.find(({ sk }) => sk === consentKey(leadId).sk)
    if (!consentItem) return undefined
    const { sealed, ...proven } = proofRow.parse(consentItem)
    const views = rows.filter(({ sk }) => sk.startsWith('VIEW#')).map((row) => viewRow.parse(row))
    const isErased = !leadItem || 'erasedAt' in leadItem
    const liveLead = leadItem && !isErased ? toRowSchema(lead).parse(leadItem) : undefined
    return { leadId, isErased, consent: proven, sealed, lead: liveLead, views }
  }

  return {
    findLeadIds,
    findByLead,

    /** Records who reads these proofs, with the writes of `also`. A view expires with its proof. @throws Error if a write conflicts; nothing may be shown then */
    async recordViews(
      views: readonly { leadId: string; revealId: string; reveal: Reveal; expiresAt: number }[],
      also: readonly Write<Table>[],
    ): Promise<void> {
      const writes = views.map(({ leadId, revealId, reveal: view, expiresAt }) => ({
        in: 'leads' as const,
        put: { ...proofViewKey(leadId, view.at, revealId), ...toItem(view), expiresAt },
      }))
      for (let from = 0; from === 0 || from < writes.length; from += maxViewsPerTransaction) {
        const batch = [...writes.slice(from, from + maxViewsPerTransaction), ...(from === 0 ? also : [])]
        const { done } = await engine.transact(batch)
        if (!done) throw new Error('The views could not be recorded, so nothing was shown.')
      }
    },
  }
}

const maxViewsPerTransaction = 90
const proofRow = consentRow.extend({ sealed: z.string().optional() })
const viewRow = toRowSchema(reveal)
