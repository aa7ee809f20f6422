import type { Disposition } from '../../domain/aftercare/disposition.ts'
import type { LeadReturn } from '../../domain/aftercare/lead-return.ts'
import { maskUrl } from '../../domain/aftercare/mask.ts'
import type { Reveal } from '../../domain/aftercare/reveal.ts'
import type { LeadWithdrawal } from '../../domain/aftercare/withdrawal.ts'
import type { Attempt } from '../../domain/delivery/delivery.ts'
import { consentRow } from '../capture/consent-row.ts'
import { editFirstAttempt } from '../delivery/first-attempt.ts'
import type { Engine, Row, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { consentKey, deliveryKey, leadKey, proofKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'

/** `people`: HMACs of the person. */
type RowOwner = { leadId: string; people?: { email: string; phone: string } | undefined }

/** Attributes with personal data, by the prefix of the sort key. The schema types catch a renamed attribute. */
const personalAttributes = {
  'DECISION#': ['inputs'],
  'INPUTS#': ['gzip'],
  'REVEAL#': ['purpose'] satisfies (keyof Reveal)[],
  // Who read the proof of consent before the erasure, and when, stays with the proof.
  'VIEW#': ['purpose'] satisfies (keyof Reveal)[],
  'ATTEMPT#': ['response', 'reason', 'reference'] satisfies (keyof Attempt)[],
  'DISPOSITION#': ['note'] satisfies (keyof Disposition)[],
  'WITHDRAWN#': ['reason'] satisfies (keyof LeadWithdrawal)[],
  RETURN: ['note', 'evidenceUrl', 'answer'] satisfies (keyof LeadReturn)[],
} as const satisfies { [sk: string]: readonly string[] }

/** Consent records are kept for 5 years from the day of consent (16 CFR 310.5). */
const consentProofYears = 5
const writesPerTransaction = 50

/** Removes personal data from the rows of a lead and of its deliveries. Of the consent, the proof remains. @throws Error if a write conflicts */
export async function stripRows(engine: Engine<Table>, owner: RowOwner, deliveryIds: readonly string[]): Promise<void> {
  const { leadId } = owner
  const deliveryPartitions = deliveryIds.map((deliveryId) => deliveryKey(deliveryId).pk)
  const partitions = [leadKey(leadId).pk, consentKey(leadId).pk, ...deliveryPartitions]
  const rows = await Promise.all(partitions.map((pk) => queryAll(engine, { in: 'leads', pk, limit: 100 })))
  const writes = [...rows.flat().flatMap(buildStripWrites), ...(await buildConsentProof(owner))]
  for (let from = 0; from < writes.length; from += writesPerTransaction) {
    const { done } = await engine.transact(writes.slice(from, from + writesPerTransaction))
    if (!done) throw new Error('Personal data of a lead could not be removed; the next run continues its erasure.')
  }

  /** The proof keeps the person sealed, and as HMACs by which it is found when an address is entered again. */
  async function buildConsentProof({ leadId, people }: RowOwner): Promise<Write<Table>[]> {
    const row = await engine.get({ in: 'leads', key: consentKey(leadId) })
    if (!row || !people) return []
    const { grantedAt, page } = consentRow.parse(row)
    // What is sealed need not stay in plain.
    const remove = 'sealed' in row ? ['ip', 'userAgent'].filter((name) => name in row) : []
    const expiresAt = toEpochSeconds(addYears(grantedAt, consentProofYears))
    const set = { page: { url: maskUrl(page.url) }, people: [people.email, people.phone], expiresAt }
    const hmacs = [people.email, people.phone]
    return [
      { in: 'leads', change: consentKey(leadId), set, remove, when: { exists: true } },
      ...hmacs.map((hmac) => ({ in: 'leads', put: { ...proofKey(hmac, leadId), leadId, expiresAt } }) as const),
    ]
  }
}

function buildStripWrites(row: Row): Write<Table>[] {
  const attributes = Object.entries(personalAttributes).find(([start]) => row.sk.startsWith(start))?.[1] ?? []
  const remove = attributes.filter((name) => name in row)
  const { pk, sk } = row
  const firstAttempt = editFirstAttempt(row, ({ response, reason, reference, ...others }) => others)
  if (firstAttempt !== undefined && typeof row.firstAttempt === 'string' && firstAttempt !== row.firstAttempt) {
    const when = { attribute: 'firstAttempt', is: 'equal', value: row.firstAttempt } as const
    return [{ in: 'leads', change: { pk, sk }, set: { firstAttempt }, when }]
  }
  return remove.length === 0 ? [] : [{ in: 'leads', change: { pk, sk }, remove, when: { exists: true } }]
}

function addYears(instant: string, years: number): Date {
  const date = new Date(instant)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date
}
