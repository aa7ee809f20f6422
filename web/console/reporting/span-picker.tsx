import { daysBefore, mostDays, type Span } from '#shared/domain/reporting/report-span.ts'
import { Field } from '../../app/components/field.tsx'
import { today } from './today.ts'

const usual = [
  { days: 7, label: 'Last 7 days' },
  { days: 30, label: 'Last 30 days' },
  { days: 90, label: 'Last 90 days' },
]
type Props = { span: Span; change: (changes: { from: string | undefined; to: string | undefined }) => void }

/** The days that the address names; the last seven unless it does. */
export function spanIn(query: URLSearchParams): Span {
  const to = query.get('to') ?? today()
  return { from: query.get('from') ?? daysBefore(to, 6), to }
}

/** Which days are told of, both of them within. */
export function SpanPicker({ span: { from, to }, change }: Props) {
  return (
    <fieldset class="filters">
      <legend class="trap">Days (UTC)</legend>
      <Field
        label="From (UTC)"
        type="date"
        min={daysBefore(to, mostDays - 1)}
        max={to}
        value={from}
        onChange={(event) => change({ from: event.currentTarget.value || undefined, to })}
      />
      <Field
        label="To (UTC)"
        type="date"
        min={from}
        max={today()}
        value={to}
        onChange={(event) => change({ from, to: event.currentTarget.value || undefined })}
      />
      <div class="actions">
        {usual.map(({ days, label }) => (
          <button
            key={label}
            type="button"
            class="button second"
            onClick={() => change({ from: daysBefore(today(), days - 1), to: today() })}
          >
            {label}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
