import type { Cap } from '../../domain/routing/cap.ts'
import { capWindow, ownerOf } from '../../domain/routing/caps.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type Capped = { id: string; caps: readonly Cap[]; timeZone: string }

/** How full the caps of a campaign are now: one look-up for each. */
export async function capStandings(
  { id, caps, timeZone }: Capped,
  { routing, now }: Pick<Dependencies, 'routing' | 'now'>,
) {
  const at = now().toISOString()
  const windows = caps.map((cap) => capWindow(cap, ownerOf('campaigns', id), at, timeZone))
  const counters = await routing.counters(windows)
  return windows.map(({ cap: { period, unit, limit }, owner, counter, start, end }) => ({
    period,
    unit,
    limit,
    used: counters[owner]?.[counter] ?? 0,
    ...(end && { startsAt: start, endsAt: end }),
  }))
}
