import {
  buildSourceLimits,
  isSourceOpen,
  type LimitedSource,
  partsPerLead,
} from '../../domain/routing/source/source-limits.ts'
import { findCapWindow } from '../../domain/routing/windows.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

/** How much of each cap of a source is used now, in leads, and whether its hours allow leads. */
export async function readSourceUsage(source: LimitedSource, { routing, now }: Pick<Dependencies, 'routing' | 'now'>) {
  const at = now().toISOString()
  const limits = buildSourceLimits(source, { receivedAt: at, test: false })
  const counted = limits?.caps ?? []
  const counters = await routing.counters(counted)
  const caps = (source.caps ?? []).map(({ period, limit }) => {
    const values = counted
      .filter((one) => one.period === period && one.limit === limit * partsPerLead)
      .map(({ owner, counter }) => counters[owner]?.[counter] ?? 0)
    const { start, end } = findCapWindow(period, at, source.timeZone)
    return {
      period,
      limit,
      used: Math.round((Math.max(0, ...values) / partsPerLead) * 100) / 100,
      ...(end !== undefined && { startsAt: start, endsAt: end }),
    }
  })
  return { open: isSourceOpen(source, at), caps }
}
