import type { Cap } from '../../domain/routing/cap.ts'
import { counterOwner, findCapCounter } from '../../domain/routing/caps.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type CampaignCaps = { id: string; caps: readonly Cap[]; timeZone: string }

/** How much of each cap of a campaign is used now. */
export async function readCapUsage(
  { id, caps, timeZone }: CampaignCaps,
  { routing, now }: Pick<Dependencies, 'routing' | 'now'>,
) {
  const at = now().toISOString()
  const windows = caps.map((cap) => findCapCounter(cap, counterOwner('campaigns', id), at, timeZone))
  const counters = await routing.counters(windows)
  return windows.map(({ cap: { period, unit, limit }, owner, counter, start, end }) => ({
    period,
    unit,
    limit,
    used: counters[owner]?.[counter] ?? 0,
    ...(end && { startsAt: start, endsAt: end }),
  }))
}
