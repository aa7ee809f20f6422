import { type School, school } from '#shared/domain/catalog/school.ts'
import { maxFailures } from '#shared/domain/delivery/circuit-state.ts'
import type { AttentionFinding } from '#shared/domain/reporting/attention.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { findCreditLevel } from '#shared/domain/routing/edits/credit-level.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import { readCapUsage, readSchoolUsage } from '#shared/workflows/routing/read-cap-usage.ts'

type BuyerDependencies = Pick<Dependencies, 'records' | 'endpointHealth' | 'routing' | 'now'>
type SchoolParts = School & Pick<StoredRecord, 'id' | 'generation'>

const recordsPerPage = 100
const recordsPerSlice = 10
const almostShare = 0.8

/** What needs attention at schools and campaigns. It reads each of them once. */
export async function findBuyerAttention(deps: BuyerDependencies): Promise<AttentionFinding[]> {
  const findings: AttentionFinding[] = []
  const schools = new Map<string, SchoolParts>()
  for await (const { id, generation, body } of readRecords('schools', deps)) {
    const parts = { ...school.parse(body), id, generation }
    schools.set(id, parts)
    findings.push(...(await findEndpoints(id, deps)), ...(await findCredit(parts, deps)))
  }
  for await (const record of readRecords('campaigns', deps)) findings.push(...(await findCaps(record, schools, deps)))
  return findings
}

async function findEndpoints(schoolId: string, { endpointHealth }: BuyerDependencies): Promise<AttentionFinding[]> {
  const { circuit, disabled } = await endpointHealth.getBySchool(schoolId)
  const failing: AttentionFinding = {
    code: 'endpoint-failing',
    subject: schoolId,
    reason: `${circuit.failures} failures in a row`,
    detail: 'Deliveries are on hold and will be retried. Ask the school to check its webhook.',
  }
  const closed = disabled.map(
    ({ campaignId, kind, why, at }): AttentionFinding => ({
      code: 'mailbox-closed',
      subject: campaignId,
      since: at,
      reason: `${kind}: ${why}`,
      detail: 'Ask the school for a new address, and save it in the campaign.',
    }),
  )
  return circuit.failures >= maxFailures ? [failing, ...closed] : closed
}

async function findCredit(parts: SchoolParts, deps: BuyerDependencies): Promise<AttentionFinding[]> {
  const { credit } = await readSchoolUsage(parts, deps)
  const level = credit ? findCreditLevel({ ...credit, lowBalanceCents: parts.lowBalanceCents }) : 0
  if (!credit || level === 0) return []
  const isUsed = level === 100
  return [
    {
      code: isUsed ? 'credit-used' : 'credit-almost-used',
      subject: parts.id,
      reason: `${credit.usedCents} of ${credit.limitCents} cents`,
      detail: isUsed
        ? 'The school gets no leads. Ask it to pay, and record the payment.'
        : 'Ask the school to pay, and record the payment.',
    },
  ]
}

/** The fullest cap of a campaign that counts. */
async function findCaps(
  { id, generation, body }: StoredRecord,
  schools: ReadonlyMap<string, SchoolParts>,
  deps: BuyerDependencies,
): Promise<AttentionFinding[]> {
  const fields = campaign.parse(body)
  const parts = schools.get(fields.schoolId)
  if (!parts || fields.caps.length + (fields.schoolCaps?.length ?? 0) === 0) return []
  const caps = await readCapUsage({ ...fields, id, generation }, parts, deps)
  const [fullest] = caps
    .filter(({ counts }) => counts)
    .toSorted((one, other) => other.used / other.limit - one.used / one.limit)
  if (!fullest || fullest.used < fullest.limit * almostShare) return []
  const { period, used, limit, unit } = fullest
  return [
    {
      code: used >= limit ? 'cap-used' : 'cap-almost-used',
      subject: id,
      reason: `${period}: ${used} of ${limit} ${unit}`,
      detail: 'If the school bought no more than this, no action is needed. Otherwise, ask whether it wants more.',
    },
  ]
}

/** Reads page by page and rests often, so that requests are answered in between. */
async function* readRecords(
  kind: 'schools' | 'campaigns',
  { records }: BuyerDependencies,
): AsyncGenerator<StoredRecord> {
  let after: Cursor | undefined
  do {
    const page = await records.list(kind, { limit: recordsPerPage, ...(after && { after }) })
    for (const [index, record] of page.records.entries()) {
      if (index % recordsPerSlice === 0) await new Promise((resolve) => setImmediate(resolve))
      yield record
    }
    after = page.next
  } while (after)
}
