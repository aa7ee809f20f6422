import { verifyChain } from '../../domain/access/audit-chain.ts'
import type { AuditEntry } from '../../domain/access/audit-entry.ts'
import type { AuditFault, AuditHead } from '../../domain/access/audit-seal.ts'
import { findProofFault, parseConsentList } from '../../domain/aftercare/consent-list.ts'
import { addSeconds } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredAuditEntry } from '../../store/access/audit-store.ts'
import type { Cursor } from '../../store/engine/engine.ts'

type VerifyAuditDayDependencies = Pick<Dependencies, 'audit' | 'now'>
/** Compares the proofs of consent that entries of the day list, at one read for each. */
type CheckProofs = Pick<Dependencies, 'consentLists'>
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
 * Recomputes the hash chain of a day, and compares it with the entries that are stored, and those that list proofs of consent
 * with these. `waiting` entries are not sealed yet: until then, a change of them does not show.
 */
export async function verifyAuditDay(
  day: string,
  { consentLists, ...deps }: VerifyAuditDayDependencies & CheckProofs,
): Promise<AuditDayReport> {
  const { entries, ...report } = await verifyAuditChain(day, deps)
  const proofFaults = await findProofFaults(entries, { ...deps, consentLists })
  return { ...report, faults: [...report.faults, ...proofFaults] }
}

/** The same without a look at proofs of consent. `entries` are those that are sealed. */
export async function verifyAuditChain(
  day: string,
  { audit, now }: VerifyAuditDayDependencies,
): Promise<AuditDayReport & { entries: AuditEntry[] }> {
  const head = await audit.findHead(day)
  const listedSeals = await audit.listSeals(day)
  const latestHead = await audit.findHead(day)
  // Another worker may seal between these reads. What it adds is verified by the next run.
  const seals = listedSeals.filter(
    ({ sequence }) => sequence <= (head?.sequence ?? 0) || sequence > (latestHead?.sequence ?? 0),
  )
  const previousHead = await audit.findLastHead({ before: day })
  const entries = new Map<string, AuditEntry>()
  for (const seal of seals) {
    const entry = await audit.find(seal)
    if (entry) entries.set(entry.entryId, toPlainEntry(entry))
  }
  const faults = verifyChain({ previousHead, head, seals, entries })
  const sealedIds = new Set(listedSeals.map(({ entryId }) => entryId))
  const latestSeal = addSeconds(now().toISOString(), -maxSealDelaySeconds)
  const laterSealed: StoredAuditEntry[] = []
  let waiting = 0
  let after: Cursor | undefined
  do {
    const page = await audit.listByDay(day, { limit: entriesPerPage, ...(after && { after }) })
    for (const entry of page.entries) checkStoredEntry(entry)
    after = page.next
  } while (after)
  for (const sealDay of new Set(laterSealed.map((entry) => entry.sealDay ?? day))) {
    const laterIds = new Set((await audit.listSeals(sealDay)).map(({ entryId }) => entryId))
    for (const { entryId, sequence, ...entry } of laterSealed)
      if ((entry.sealDay ?? day) === sealDay && !laterIds.has(entryId))
        faults.push({
          fault: 'inserted',
          entryId,
          ...(sequence !== undefined && { sequence }),
          detail: 'The entry says that it is sealed and the chain does not have it.',
        })
  }
  return { day, sealed: seals.length, waiting, head: head ?? null, faults, entries: [...entries.values()] }

  function checkStoredEntry(entry: StoredAuditEntry): void {
    const { entryId, at, sequence } = entry
    if (sealedIds.has(entryId)) return
    if (sequence !== undefined) {
      laterSealed.push(entry)
      return
    }
    waiting += 1
    if (at < latestSeal)
      faults.push({ fault: 'not-sealed', entryId, detail: 'The entry should have been sealed by now.' })
  }
}

async function findProofFaults(
  entries: readonly AuditEntry[],
  { consentLists, now }: CheckProofs & Pick<Dependencies, 'now'>,
): Promise<AuditFault[]> {
  const faults: AuditFault[] = []
  for (const entry of entries) {
    const { entryId } = entry
    const checks = (parseConsentList(entry, now().toISOString()) ?? []).map(async ([leadId, listed]) =>
      findProofFault({ entryId, leadId, listed }, await consentLists.readDigest(leadId)),
    )
    faults.push(...(await Promise.all(checks)).flatMap((fault) => fault ?? []))
  }
  return faults
}

function toPlainEntry({ sealDay: _, sequence: __, ...entry }: StoredAuditEntry): AuditEntry {
  return entry
}
