import type { ReportSpan } from '#shared/domain/reporting/report-span.ts'
import { shiftDay } from '#shared/domain/time.ts'
import { Field } from '../../app/components/field.tsx'
import { dayText } from '../text/reporting-text.ts'
import { getUtcToday } from './day-picker.tsx'

const presetDays = [7, 30, 90]
type Props = { span: ReportSpan; change: (changes: { from: string | undefined; to: string | undefined }) => void }

/** Reads the days from the address. The default is the last seven days. */
export function parseSpan(query: URLSearchParams): ReportSpan {
  const to = query.get('to') ?? getUtcToday()
  return { from: query.get('from') ?? shiftDay(to, -6), to }
}

/** Selects the first and the last day of a report. */
export function SpanPicker({ span: { from, to }, change }: Props) {
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">{dayText.days}</legend>
      <Field
        label={dayText.from}
        type="date"
        max={to}
        value={from}
        onChange={(event) => change({ from: event.currentTarget.value || undefined, to })}
      />
      <Field
        label={dayText.to}
        type="date"
        min={from}
        max={getUtcToday()}
        value={to}
        onChange={(event) => change({ from, to: event.currentTarget.value || undefined })}
      />
      <div class="actions">
        {presetDays.map((days) => (
          <button
            key={days}
            type="button"
            class="button second"
            onClick={() => change({ from: shiftDay(getUtcToday(), 1 - days), to: getUtcToday() })}
          >
            {dayText.last(days)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
