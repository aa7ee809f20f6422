import './overview.css'
import type { ComponentChildren } from 'preact'
import { findPercentileSeconds } from '#shared/domain/reporting/overview.ts'
import { formatDuration, formatNumber } from '../../app/components/format.tsx'
import { Note } from '../../app/components/note.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { Caps } from '../routing/caps.tsx'
import { Attention } from './attention.tsx'
import { type DayCounts, outcomes, sumDay } from './day-counts.ts'
import { DayPicker } from './day-picker.tsx'
import { getToday } from './get-today.ts'
import { LeadsChart } from './leads-chart.tsx'
import { useDay } from './use-day.ts'

/** A day at a glance. */
export function Overview() {
  const [query, change] = useQuery()
  const day = query.get('day') ?? getToday()
  const [{ day: dayCounts, state, problem }, reload] = useDay(day)
  return (
    <>
      <div class="head">
        <h1>Overview</h1>
        <button type="button" class="plain" onClick={reload}>
          Refresh
        </button>
      </div>
      <DayPicker day={day} change={change} />
      {problem && (
        <Note kind="bad">
          <strong>{problem.title}.</strong> {problem.detail}
        </Note>
      )}
      <div class="figures" aria-busy={state === 'counting'}>
        <Figures day={dayCounts} date={day} />
      </div>
      <div class="sides">
        <section class="card" aria-labelledby="by-hour">
          <h2 id="by-hour">Leads by the hour</h2>
          {state === 'whole' && countLeads(dayCounts) === 0 ? (
            <p class="empty">
              No lead came on this day{day === getToday() ? ' yet' : ''}. Try the form of a landing page, or{' '}
              <Link to="/why">see what a visitor would be shown</Link>.
            </p>
          ) : (
            <LeadsChart day={day} hours={dayCounts.hours} />
          )}
        </section>
        <Attention date={day} day={dayCounts} />
      </div>
      <Caps />
    </>
  )
}

function Figures({ day, date }: { day: DayCounts; date: string }) {
  const leadCount = countLeads(day)
  const formatShare = (count: number) => (leadCount === 0 ? '' : `${Math.round((count / leadCount) * 100)} %`)
  const test = sumDay(day, 'test')
  return (
    <>
      <Figure
        value={formatNumber(leadCount)}
        name="leads"
        more={test > 0 ? `and ${formatNumber(test)} test leads` : ''}
        to={`/leads?day=${date}`}
      />
      {outcomes.map((outcome) => (
        <Figure
          key={outcome}
          value={formatNumber(sumDay(day, outcome))}
          name={outcome}
          more={formatShare(sumDay(day, outcome))}
          to={`/leads?day=${date}&outcome=${outcome}`}
        />
      ))}
      <Figure
        value={formatTimeToDelivery(day, 0.5)}
        name="for half of the deliveries"
        more={`95 %: ${formatTimeToDelivery(day, 0.95)}`}
      />
    </>
  )
}

function Figure({ value, name, more, to }: { value: ComponentChildren; name: string; more: string; to?: string }) {
  return (
    <p class="figure card">
      <strong>{value}</strong>
      {to === undefined ? <span>{name}</span> : <Link to={to}>{name}</Link>}
      <span class="help">{more}</span>
    </p>
  )
}

function countLeads(day: DayCounts): number {
  return outcomes.reduce((sum, outcome) => sum + sumDay(day, outcome), 0)
}

function formatTimeToDelivery(day: DayCounts, share: number): string {
  const seconds = findPercentileSeconds(day.timeToDelivery, share)
  if (seconds === undefined) return '–'
  return seconds === Number.POSITIVE_INFINITY ? 'over a day' : `≤ ${formatDuration(seconds * 1000)}`
}
