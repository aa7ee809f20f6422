import { shiftDay } from '#shared/domain/time.ts'
import { Field } from '../../app/components/field.tsx'
import { formatZoneName } from '../../app/format.ts'
import { getTimeZone, getToday } from '../../app/time-zone.ts'
import { dayText } from '../text/reporting-text.ts'

type Props = {
  day: string
  change: (changes: { day: string | undefined }) => void
  /** What is counted by UTC day, in every time zone of the reader. */
  isUtc?: boolean
}

/** Selects a day, in the zone of the app unless it is a UTC day. */
export function DayPicker({ day, change, isUtc }: Props) {
  const today = isUtc ? getUtcToday() : getToday()
  const moveDays = (days: number) => change({ day: shiftDay(day, days) })
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">{dayText.day}</legend>
      <Field
        label={isUtc ? dayText.dayUtc : dayText.dayIn(formatZoneName(getTimeZone()))}
        type="date"
        max={today}
        value={day}
        onChange={(event) => change({ day: event.currentTarget.value || undefined })}
      />
      <div class="actions">
        <button type="button" class="button second" data-repeatable onClick={() => moveDays(-1)}>
          {dayText.previous}
        </button>
        <button type="button" class="button second" data-repeatable onClick={() => moveDays(1)} disabled={day >= today}>
          {dayText.next}
        </button>
      </div>
    </fieldset>
  )
}

/** The current UTC day. */
export function getUtcToday(now = new Date()): string {
  return now.toISOString().slice(0, 10)
}
