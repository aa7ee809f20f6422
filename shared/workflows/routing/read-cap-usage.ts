import { type Generation, toOwnerName } from '../../domain/catalog/generation.ts'
import type { School } from '../../domain/catalog/school.ts'
import type { Campaign } from '../../domain/routing/campaign.ts'
import type { Cap } from '../../domain/routing/cap.ts'
import { counterOwner, creditCounter, findCapCounters } from '../../domain/routing/caps.ts'
import { findCounterName } from '../../domain/routing/edits/cap-counters.ts'
import { getCreditLimit } from '../../domain/routing/edits/credit-level.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type Identity = { id: string; generation?: Generation }
type CampaignParts = Pick<Campaign, 'caps' | 'schoolCaps' | 'counters'> & Identity
type SchoolParts = Pick<School, 'caps' | 'counters' | 'timeZone' | 'calendar' | 'creditCents' | 'billing'> & Identity
type UsageDependencies = Pick<Dependencies, 'routing' | 'now'>
type CountedCap = { cap: Cap; by: 'contract' | 'school'; owner: string; name: string }

/** How much of each cap of a campaign is used now: the contract caps first, then the school's own. */
export async function readCapUsage(
  { id, generation, caps, schoolCaps = [], counters }: CampaignParts,
  school: SchoolParts,
  deps: UsageDependencies,
) {
  const owner = counterOwner('campaigns', toOwnerName({ id, generation }))
  const toCountedCap = (by: CountedCap['by']) => (cap: Cap) => ({
    cap,
    by,
    owner,
    name: findCounterName(cap, counters),
  })
  return readUsage([...caps.map(toCountedCap('contract')), ...schoolCaps.map(toCountedCap('school'))], school, deps)
}

/** How much of the caps and of the credit of a school is used now, over all its campaigns. */
export async function readSchoolUsage(school: SchoolParts, deps: UsageDependencies) {
  const { id, generation, caps, counters } = school
  const owner = counterOwner('schools', toOwnerName({ id, generation }))
  const countedCaps = caps.map((cap) => ({ cap, by: 'contract' as const, owner, name: findCounterName(cap, counters) }))
  const capUsage = await readUsage(countedCaps, school, deps)
  const limitCents = getCreditLimit(school)
  if (limitCents === undefined) return { capUsage }
  const values = await deps.routing.counters([{ owner, counter: creditCounter }])
  const usedCents = values[owner]?.[creditCounter] ?? 0
  return { capUsage, credit: { limitCents, usedCents, leftCents: Math.max(limitCents - usedCents, 0) } }
}

async function readUsage(countedCaps: readonly CountedCap[], school: SchoolParts, { routing, now }: UsageDependencies) {
  const at = now().toISOString()
  const counted = countedCaps.map((one) => ({ ...one, windows: findCapCounters(one, at, school) }))
  const values = await routing.counters(counted.flatMap(({ windows }) => windows))
  return counted.map(({ cap: { period, unit, limit }, by, owner, name, windows }, index) => {
    const [{ start, end } = { start: at, end: undefined }] = windows
    return {
      period,
      unit,
      limit,
      by,
      counts: counted.every(
        (other, otherIndex) =>
          other.name !== name || limit < other.cap.limit || (limit === other.cap.limit && index <= otherIndex),
      ),
      used: Math.max(...windows.map(({ counter }) => values[owner]?.[counter] ?? 0)),
      ...(end && { startsAt: start, endsAt: end }),
    }
  })
}
