import { shiftDay } from '#shared/domain/time.ts'
import { Field } from '../../app/components/field.tsx'
import { dayText } from '../text/reporting-text.ts'

type Props = { day: string; change: (changes: { day: string | undefined }) => void }

/** Selects a day. Leads are stored by UTC day, in every time zone of the reader. */
export function DayPicker({ day, change }: Props) {
  const moveDays = (days: number) => change({ day: shiftDay(day, days) })
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">{dayText.day}</legend>
      <Field
        label={dayText.dayUtc}
        type="date"
        max={getToday()}
        value={day}
        onChange={(event) => change({ day: event.currentTarget.value || undefined })}
      />
      <div class="actions">
        <button type="button" class="button second" data-repeatable onClick={() => moveDays(-1)}>
          {dayText.previous}
        </button>
        <button
          type="button"
          class="button second"
          data-repeatable
          onClick={() => moveDays(1)}
          disabled={day >= getToday()}
        >
          {dayText.next}
        </button>
      </div>
    </fieldset>
  )
}

/** The current UTC day. */
export function getToday(now = new Date()): string {
  return now.toISOString().slice(0, 10)
}
