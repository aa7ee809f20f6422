import { shiftDay } from '#shared/domain/time.ts'
import { Field } from '../../app/components/field.tsx'
import { getToday } from './get-today.ts'

type Props = { day: string; change: (changes: { day: string | undefined }) => void }

/** Days are filed in UTC, whatever the clock of whoever looks says. */
export function DayPicker({ day, change }: Props) {
  const moveDays = (days: number) => change({ day: shiftDay(day, days) })
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">Day</legend>
      <Field
        label="Day (UTC)"
        type="date"
        max={getToday()}
        value={day}
        onChange={(event) => change({ day: event.currentTarget.value || undefined })}
      />
      <div class="actions">
        <button type="button" class="button second" onClick={() => moveDays(-1)}>
          Day before
        </button>
        <button type="button" class="button second" onClick={() => moveDays(1)} disabled={day >= getToday()}>
          Day after
        </button>
      </div>
    </fieldset>
  )
}
