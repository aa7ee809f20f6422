import type * as z from 'zod'
import type { capUsage } from '#shared/contract/routing/cap-usage.ts'
import { formatMoney, formatNumber } from '../format.ts'
import { capText } from '../text/app-text.ts'
import { Instant } from './instant.tsx'

export type CapUsage = z.output<typeof capUsage>

/** How much of a cap is used. @param label names the campaign for screen readers if the text around does not */
export function CapGauge({ cap: { used, limit, unit, period, endsAt }, label }: { cap: CapUsage; label?: string }) {
  const summary =
    unit === 'cents'
      ? capText.spend(formatMoney(used), formatMoney(limit), capText.periods[period])
      : capText.leads(formatNumber(used), formatNumber(limit), capText.periods[period])
  const meter = { min: 0, max: Math.max(limit, 1), low: limit * 0.8, high: limit * 0.999, optimum: 0 }
  return (
    <>
      <meter aria-label={label ?? summary} value={Math.min(used, limit)} {...meter} />
      <span>
        {summary}
        {used >= limit && <strong>{capText.reached}</strong>}
      </span>
      {endsAt && used >= limit && (
        <span class="help">
          {capText.resets} <Instant at={endsAt} withZone />
        </span>
      )}
    </>
  )
}
