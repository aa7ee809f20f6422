import type { Campaign } from '../../domain/routing/campaign.ts'
import type { Cap } from '../../domain/routing/cap.ts'
import { counterOwner, findCapCounter, toCaps } from '../../domain/routing/caps.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type CampaignCaps = Pick<Campaign, 'caps' | 'schoolCaps'> & { id: string; timeZone: string }

/** How much of each cap of a campaign is used now: the contract caps first, then the school's own. */
export async function readCapUsage(
  { id, caps, schoolCaps, timeZone }: CampaignCaps,
  { routing, now }: Pick<Dependencies, 'routing' | 'now'>,
) {
  const at = now().toISOString()
  const findCounter = (cap: Cap) => findCapCounter(cap, counterOwner('campaigns', id), at, timeZone)
  const windows = [
    ...caps.map((cap) => ({ ...findCounter(cap), by: 'contract' as const })),
    ...toCaps(schoolCaps).map((cap) => ({ ...findCounter(cap), by: 'school' as const })),
  ]
  const counters = await routing.counters(windows)
  return windows.map(({ cap: { period, unit, limit }, by, owner, counter, start, end }, index) => ({
    period,
    unit,
    limit,
    by,
    counts: windows.every(
      (other, otherIndex) =>
        other.counter !== counter || limit < other.cap.limit || (limit === other.cap.limit && index <= otherIndex),
    ),
    used: counters[owner]?.[counter] ?? 0,
    ...(end && { startsAt: start, endsAt: end }),
  }))
}
