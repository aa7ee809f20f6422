import type * as z from 'zod'
import type { capUsage } from '#shared/contract/routing/school-campaigns.ts'
import { formatMoney, formatNumber, Instant } from './format.tsx'

export type CapUsage = z.output<typeof capUsage>

const periodLabels = {
  hour: 'this hour',
  day: 'today',
  week: 'this week',
  month: 'this month',
  total: 'in total',
} as const satisfies { [period in CapUsage['period']]: string }

/** How full a cap is. @param label of whom, where nothing beside it says so */
export function CapGauge({ cap: { used, limit, unit, period, endsAt }, label }: { cap: CapUsage; label: string }) {
  const format = unit === 'cents' ? formatMoney : formatNumber
  const summary = `${format(used)} of ${format(limit)} ${unit === 'cents' ? '' : 'leads '}${periodLabels[period]}`
  const meter = { min: 0, max: Math.max(limit, 1), low: limit * 0.8, high: limit * 0.999, optimum: 0 }
  return (
    <>
      <meter aria-label={label || summary} value={Math.min(used, limit)} {...meter} />
      <span>
        {summary}
        {used >= limit && <strong> · full</strong>}
      </span>
      {endsAt && used >= limit && (
        <span class="help">
          until <Instant at={endsAt} />
        </span>
      )}
    </>
  )
}
