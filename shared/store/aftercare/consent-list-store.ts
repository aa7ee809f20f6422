import * as z from 'zod'
import type { AuditEntry } from '../../domain/access/audit-entry.ts'
import { computeProofDigest } from '../../domain/aftercare/consent-list.ts'
import { buildAuditWrite } from '../access/build-audit-write.ts'
import type { Engine } from '../engine/engine.ts'
import { leadsPartition } from '../index-keys.ts'
import { consentKey, consentListKey, type Table } from '../keys.ts'
import { toItem } from '../rows.ts'

export type ConsentListStore = ReturnType<typeof consentListStore>
/** `through`: the place of the last lead of `day` that was listed. Absent: none of the day. `lists` counts audit entries. */
export type ConsentListProgress = { day: string; through?: string | undefined; lists: number }

/** Which proofs of consent are listed in the audit. */
export function consentListStore(engine: Engine<Table>) {
  return {
    async getProgress(): Promise<ConsentListProgress | undefined> {
      const row = await engine.get({ in: 'leads', key: consentListKey() })
      return row && progressRow.parse(row)
    },

    /** The next leads of a day, oldest first, with the place of the last. */
    async listLeads({ day, through }: Pick<ConsentListProgress, 'day' | 'through'>, limit: number) {
      const sk = through === undefined ? {} : { from: through }
      const query = { in: 'leads', index: 'timeline', pk: leadsPartition(day), sk } as const
      const { items } = await engine.query({ ...query, limit: limit + 1 })
      const leads = items.map((row) => leadRow.parse(row)).filter(({ timelineSk }) => timelineSk !== through)
      const next = leads.slice(0, limit)
      return { leadIds: next.map(({ leadId }) => leadId), through: next.at(-1)?.timelineSk }
    },

    /** The digest of the proof of a lead; undefined if there is none. */
    async readDigest(leadId: string): Promise<string | undefined> {
      const row = await engine.get({ in: 'leads', key: consentKey(leadId) })
      return row && computeProofDigest(sealedRow.parse(row).sealed)
    },

    /** Moves on, with the audit entry of what was listed. Returns false if another run has moved on meanwhile. */
    async advance(
      progress: ConsentListProgress,
      previous: ConsentListProgress | undefined,
      entry?: AuditEntry,
    ): Promise<boolean> {
      const { done } = await engine.transact([
        {
          in: 'leads',
          put: { ...consentListKey(), ...toItem({ ...progress, version: `${progress.day}#${progress.lists}` }) },
          when: previous
            ? { attribute: 'version', is: 'equal', value: `${previous.day}#${previous.lists}` }
            : { exists: false },
        },
        ...(entry ? [buildAuditWrite(entry)] : []),
      ])
      return done
    },
  }
}

const progressRow = z.object({ day: z.string(), through: z.string().optional(), lists: z.int() })
const leadRow = z.object({ leadId: z.string(), timelineSk: z.string() })
const sealedRow = z.object({ sealed: z.string().optional() })
