import type { ReportSpan } from '#shared/domain/reporting/report-span.ts'
import { shiftDay } from '#shared/domain/time.ts'
import { Field } from '../../app/components/field.tsx'
import { formatZoneName } from '../../app/format.ts'
import { getTimeZone, getToday } from '../../app/time-zone.ts'
import { dayText } from '../text/reporting-text.ts'

const presetDays = [7, 30, 90]
type Props = { span: ReportSpan; change: (changes: { from: string | undefined; to: string | undefined }) => void }

/** Reads the days from the address. The default is the last seven days. */
export function parseSpan(query: URLSearchParams): ReportSpan {
  const to = query.get('to') ?? getToday()
  return { from: query.get('from') ?? shiftDay(to, -6), to }
}

/** Selects the first and the last day of a report. */
export function SpanPicker({ span: { from, to }, change }: Props) {
  const zone = formatZoneName(getTimeZone())
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">{dayText.days(zone)}</legend>
      <Field
        label={dayText.from(zone)}
        type="date"
        max={to}
        value={from}
        onChange={(event) => change({ from: event.currentTarget.value || undefined, to })}
      />
      <Field
        label={dayText.to(zone)}
        type="date"
        min={from}
        max={getToday()}
        value={to}
        onChange={(event) => change({ from, to: event.currentTarget.value || undefined })}
      />
      <div class="actions">
        {presetDays.map((days) => (
          <button
            key={days}
            type="button"
            class="button second"
            onClick={() => change({ from: shiftDay(getToday(), 1 - days), to: getToday() })}
          >
            {dayText.last(days)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
