import { maxDays, type ReportSpan } from '#shared/domain/reporting/parse-report-span.ts'
import { shiftDay } from '#shared/domain/time.ts'
import { Field } from '../../app/components/field.tsx'
import { getToday } from './get-today.ts'

const presets = [
  { days: 7, label: 'Last 7 days' },
  { days: 30, label: 'Last 30 days' },
  { days: 90, label: 'Last 90 days' },
]
type Props = { span: ReportSpan; change: (changes: { from: string | undefined; to: string | undefined }) => void }

/** The days that the address names; the last seven unless it does. */
export function parseSpan(query: URLSearchParams): ReportSpan {
  const to = query.get('to') ?? getToday()
  return { from: query.get('from') ?? shiftDay(to, -6), to }
}

/** Which days are told of, both of them within. */
export function SpanPicker({ span: { from, to }, change }: Props) {
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">Days (UTC)</legend>
      <Field
        label="From (UTC)"
        type="date"
        min={shiftDay(to, 1 - maxDays)}
        max={to}
        value={from}
        onChange={(event) => change({ from: event.currentTarget.value || undefined, to })}
      />
      <Field
        label="To (UTC)"
        type="date"
        min={from}
        max={getToday()}
        value={to}
        onChange={(event) => change({ from, to: event.currentTarget.value || undefined })}
      />
      <div class="actions">
        {presets.map(({ days, label }) => (
          <button
            key={label}
            type="button"
            class="button second"
            onClick={() => change({ from: shiftDay(getToday(), 1 - days), to: getToday() })}
          >
            {label}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
