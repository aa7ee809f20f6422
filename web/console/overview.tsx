import { useQuery } from '../app/place.tsx'
import { number } from '../app/words.tsx'
import { Link } from '../app/place.tsx'
import { Attention } from './attention.tsx'
import { DayPicker } from './day-picker.tsx'
import { outcomes, totalOf } from './hours-of.ts'
import { LeadsChart } from './leads-chart.tsx'
import { today } from './today.ts'
import { useDay } from './use-day.ts'

/** A day at a glance. */
export function Overview() {
  const [query, change] = useQuery()
  const day = query.get('day') ?? today()
  return (
    <>
      <h1>Overview</h1>
      <DayPicker day={day} change={change} />
      <Attention day={day} />
      <Day day={day} />
    </>
  )
}
