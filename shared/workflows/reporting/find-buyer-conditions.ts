import { toOwnerName } from '../../domain/catalog/generation.ts'
import { type School, school } from '../../domain/catalog/school.ts'
import { maxFailures } from '../../domain/delivery/circuit-state.ts'
import type { BuyerCode } from '../../domain/reporting/buyer-advice.ts'
import { type Campaign, campaign } from '../../domain/routing/campaign.ts'
import { findCreditLevel } from '../../domain/routing/edits/credit-level.ts'
import { getEffectiveStatus } from '../../domain/routing/edits/edit-campaign.ts'
import { addDays } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredRecord } from '../../store/catalog/record-store.ts'
import type { Cursor } from '../../store/engine/engine.ts'
import { readCapUsage, readSchoolUsage } from '../routing/read-cap-usage.ts'

export type BuyerConditionDependencies = Pick<
  Dependencies,
  'records' | 'endpointHealth' | 'routing' | 'deliveries' | 'now'
>
/** Something that a school or staff should know of, for as long as it lasts. */
export type BuyerCondition = {
  code: BuyerCode
  schoolId: string
  schoolOwner: string
  subject: { kind: 'schools' | 'campaigns'; id: string }
  /** Tells conditions of one code and subject apart, such as two caps. */
  part: string
  /** Which of its kind, such as the window of a cap. */
  episode: string
  since?: string
  figures: { [name: string]: string | number }
}
type SchoolParts = School & Pick<StoredRecord, 'id' | 'generation'>
type OpenCondition = Omit<BuyerCondition, 'schoolId' | 'schoolOwner'>

const recordsPerPage = 100
const recordsPerSlice = 10
const almostShare = 0.8

/** Every condition of schools and campaigns that holds now, school by school. It reads each record once. */
export async function findBuyerConditions(
  deps: BuyerConditionDependencies,
): Promise<{ schools: SchoolParts[]; conditions: BuyerCondition[] }> {
  const schools = new Map<string, SchoolParts>()
  const conditions: BuyerCondition[] = []
  const buying = new Set<string>()
  const add = (parts: SchoolParts, found: readonly OpenCondition[]) => {
    for (const one of found) conditions.push({ ...one, schoolId: parts.id, schoolOwner: toOwnerName(parts) })
  }
  for await (const { id, generation, body } of readRecords('schools', deps)) {
    const parts = { ...school.parse(body), id, ...(generation !== undefined && { generation }) }
    schools.set(id, parts)
    const usage = await readSchoolUsage(parts, deps)
    add(parts, await findEndpoints(parts, deps))
    add(parts, findCredit(parts, usage.credit))
    add(parts, findCaps({ kind: 'schools', id }, usage.capUsage))
  }
  for await (const { id, generation, body } of readRecords('campaigns', deps)) {
    const fields = campaign.parse(body)
    const parts = schools.get(fields.schoolId)
    if (!parts) continue
    if (isBuying(fields, parts)) buying.add(parts.id)
    if (fields.caps.length + (fields.schoolCaps?.length ?? 0) === 0) continue
    const usage = await readCapUsage({ ...fields, id, ...(generation !== undefined && { generation }) }, parts, deps)
    add(parts, findCaps({ kind: 'campaigns', id }, usage))
  }
  for (const parts of schools.values()) if (buying.has(parts.id)) add(parts, await findStoppedLeads(parts, deps))
  return { schools: [...schools.values()], conditions }
}

function isBuying(fields: Campaign, { status }: SchoolParts): boolean {
  return status === 'active' && getEffectiveStatus(fields) === 'active'
}

async function findEndpoints(
  parts: SchoolParts,
  { endpointHealth }: BuyerConditionDependencies,
): Promise<OpenCondition[]> {
  const { circuit, disabled } = await endpointHealth.getBySchool(toOwnerName(parts))
  const closed = disabled.map(({ campaignId, kind, why, at }): OpenCondition => {
    const subject = { kind: 'campaigns', id: campaignId } as const
    return { code: 'mailbox-closed', subject, part: kind, episode: at, since: at, figures: { kind, why } }
  })
  if (circuit.failures < maxFailures) return closed
  const subject = { kind: 'schools', id: parts.id } as const
  const { failures } = circuit
  return [{ code: 'endpoint-failing', subject, part: '', episode: '', figures: { failures } }, ...closed]
}

function findCredit(
  { id, lowBalanceCents }: SchoolParts,
  credit: { limitCents: number; usedCents: number } | undefined,
): OpenCondition[] {
  const level = credit ? findCreditLevel({ ...credit, lowBalanceCents }) : 0
  if (!credit || level === 0) return []
  const { usedCents, limitCents } = credit
  const code = level === 100 ? 'credit-used' : 'credit-almost-used'
  const leftCents = Math.max(limitCents - usedCents, 0)
  return [
    { code, subject: { kind: 'schools', id }, part: '', episode: '', figures: { usedCents, limitCents, leftCents } },
  ]
}

type CapUsage = Awaited<ReturnType<typeof readCapUsage>>

/** The caps that count and are at least 80 % used, the fullest first. */
function findCaps(subject: OpenCondition['subject'], usage: CapUsage): OpenCondition[] {
  return usage
    .filter(({ counts, used, limit }) => counts && used >= limit * almostShare)
    .toSorted((one, other) => other.used / other.limit - one.used / one.limit)
    .map(({ period, unit, limit, used, by, startsAt = `total ${limit}` }) => ({
      code: used >= limit ? 'cap-used' : 'cap-almost-used',
      subject,
      part: [by, period, unit].join('#'),
      episode: startsAt,
      figures: { period, used, limit, unit },
    }))
}

/** A school that buys and had leads before, and none in its number of days. One that never had any is only being set up. */
async function findStoppedLeads(
  parts: SchoolParts,
  { deliveries, now }: BuyerConditionDependencies,
): Promise<OpenCondition[]> {
  const { id, noLeadsDays: days = 7 } = parts
  if (days === 0) return []
  const until = now().toISOString()
  const { outlines } = await deliveries.listOutlines(toOwnerName(parts), { until }, { limit: 1, order: 'descending' })
  const lastAt = outlines[0]?.createdAt
  if (lastAt === undefined || addDays(lastAt, days) > until) return []
  const subject = { kind: 'schools', id } as const
  return [{ code: 'leads-stopped', subject, part: '', episode: lastAt, since: lastAt, figures: { days, lastAt } }]
}

/** Reads page by page and rests often, so that requests are answered in between. */
async function* readRecords(
  kind: 'schools' | 'campaigns',
  { records }: Pick<Dependencies, 'records'>,
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
