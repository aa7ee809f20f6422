import { verifyChain } from '../../domain/access/audit-chain.ts'
import type { AuditEntry } from '../../domain/access/audit-entry.ts'
import type { AuditFault, AuditHead } from '../../domain/access/audit-seal.ts'
import { addSeconds } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredAuditEntry } from '../../store/access/audit-store.ts'
import type { Cursor } from '../../store/engine/engine.ts'

type VerifyAuditDayDependencies = Pick<Dependencies, 'audit' | 'now'>
export type AuditDayReport = {
  day: string
  sealed: number
  waiting: number
  head: AuditHead | null
  faults: AuditFault[]
}

// Sealing runs every minute; a run may fail and be repeated.
const maxSealDelaySeconds = 15 * 60
const entriesPerPage = 200

/**
 * Recomputes the hash chain of a day, and compares it with the entries that are stored. `waiting` entries are not sealed
 * yet: until then, a change of them does not show.
 */
export async function verifyAuditDay(day: string, { audit, now }: VerifyAuditDayDependencies): Promise<AuditDayReport> {
  const head = await audit.findHead(day)
  const seals = await audit.listSeals(day)
  const previousHead = await audit.findLastHead({ before: day })
  const entries = new Map<string, AuditEntry>()
  for (const seal of seals) {
    const entry = await audit.find(seal)
    if (entry) entries.set(entry.entryId, toPlainEntry(entry))
  }
  const faults = verifyChain({ previousHead, head, seals, entries })
  const sealedIds = new Set(seals.map(({ entryId }) => entryId))
  const latestSeal = addSeconds(now().toISOString(), -maxSealDelaySeconds)
  let waiting = 0
  let after: Cursor | undefined
  do {
    const page = await audit.listByDay(day, { limit: entriesPerPage, ...(after && { after }) })
    for (const entry of page.entries) await checkStoredEntry(entry)
    after = page.next
  } while (after)
  return { day, sealed: seals.length, waiting, head: head ?? null, faults }

  async function checkStoredEntry({ entryId, at, sealDay, sequence }: StoredAuditEntry) {
    if (sealedIds.has(entryId)) return
    if (sequence === undefined) {
      waiting += 1
      if (at < latestSeal)
        faults.push({ fault: 'not-sealed', entryId, detail: 'The entry should have been sealed by now.' })
      return
    }
    const otherSeals = sealDay === undefined || sealDay === day ? [] : await audit.listSeals(sealDay)
    if (!otherSeals.some((seal) => seal.entryId === entryId))
      faults.push({
        fault: 'inserted',
        entryId,
        sequence,
        detail: 'The entry says that it is sealed and the chain does not have it.',
      })
  }
}

function toPlainEntry({ sealDay: _, sequence: __, ...entry }: StoredAuditEntry): AuditEntry {
  return entry
}
