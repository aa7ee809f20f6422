import { maskUrl } from '../../domain/aftercare/mask.ts'
import { consent } from '../../domain/capture/consent.ts'
import type { Engine, Row, Write } from '../engine/engine.ts'
import { consentKey, deliveryKey, leadKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toRowSchema } from '../rows.ts'

/** Whose rows they are; `people` is the person by HMACs. */
type RowOwner = { leadId: string; people?: { email: string; phone: string } | undefined }

/** What each kind of row may tell of a person, by how its key begins. Other rows tell nothing. */
const personalAttributes = {
  'DECISION#': ['inputs'],
  'REVEAL#': ['purpose'],
  'ATTEMPT#': ['answer', 'reason', 'reference'],
  'DISPOSITION#': ['note'],
  RETURN: ['note', 'answer'],
} as const satisfies { [sk: string]: readonly string[] }

/** Consent records are kept for 5 years from the day of consent (16 CFR 310.5): the proof outlives the profile. */
const consentProofYears = 5
const writesPerTransaction = 50

/** Takes out of the rows of a lead and of its deliveries what may tell of the person; of the consent, the proof stays. */
export async function stripRows(engine: Engine<Table>, owner: RowOwner, deliveryIds: readonly string[]): Promise<void> {
  const partitions = [leadKey(owner.leadId).pk, ...deliveryIds.map((deliveryId) => deliveryKey(deliveryId).pk)]
  const rows = await Promise.all(partitions.map((pk) => queryAll(engine, { in: 'leads', pk, limit: 100 })))
  const writes = [...rows.flat().flatMap(buildStripWrites), ...(await buildConsentProof(owner))]
  for (let from = 0; from < writes.length; from += writesPerTransaction) {
    const { done } = await engine.transact(writes.slice(from, from + writesPerTransaction))
    if (!done) throw new Error('What was noted of a lead could not be taken out; its erasure goes on later.')
  }

  /** The consent keeps who gave it as HMACs alone: it proves a permission to whoever names the address again. */
  async function buildConsentProof({ leadId, people }: RowOwner): Promise<Write<Table>[]> {
    const row = await engine.get({ in: 'leads', key: consentKey(leadId) })
    if (!row || !people) return []
    const { grantedAt, page } = consentRow.parse(row)
    const expiresAt = addYears(grantedAt, consentProofYears)
    const set = { page: { url: maskUrl(page.url) }, people: [people.email, people.phone], expiresAt }
    return [{ in: 'leads', change: consentKey(leadId), set, when: { exists: true } }]
  }
}

function buildStripWrites(row: Row): Write<Table>[] {
  const attributes = Object.entries(personalAttributes).find(([start]) => row.sk.startsWith(start))?.[1] ?? []
  const remove = attributes.filter((name) => name in row)
  const { pk, sk } = row
  return remove.length === 0 ? [] : [{ in: 'leads', change: { pk, sk }, remove, when: { exists: true } }]
}

const consentRow = toRowSchema(consent)

/** Epoch seconds. */
function addYears(instant: string, years: number): number {
  const date = new Date(instant)
  return Math.floor(date.setUTCFullYear(date.getUTCFullYear() + years) / 1000)
}
