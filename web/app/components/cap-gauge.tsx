import type * as z from 'zod'
import type { capStanding } from '#shared/contract/routing/school-campaigns.ts'
import { Instant, money, number } from './words.tsx'

export type Standing = z.output<typeof capStanding>

const periodWords = {
  hour: 'this hour',
  day: 'today',
  week: 'this week',
  month: 'this month',
  total: 'in total',
} as const satisfies { [period in Standing['period']]: string }

/** How full a cap is. @param label of whom, where nothing beside it says so */
export function CapGauge({ cap: { used, limit, unit, period, endsAt }, label }: { cap: Standing; label: string }) {
  const told = unit === 'cents' ? money : number
  const words = `${told(used)} of ${told(limit)} ${unit === 'cents' ? '' : 'leads '}${periodWords[period]}`
  const meter = { min: 0, max: Math.max(limit, 1), low: limit * 0.8, high: limit * 0.999, optimum: 0 }
  return (
    <>
      <meter aria-label={label || words} value={Math.min(used, limit)} {...meter} />
      <span>
        {words}
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
