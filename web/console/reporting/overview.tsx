import './overview.css'
import type { ComponentChildren } from 'preact'
import { withinSeconds } from '#shared/domain/reporting/overview.ts'
import { Note } from '../../app/components/note.tsx'
import { duration, number } from '../../app/components/words.tsx'
import { Link, useQuery } from '../../app/place.tsx'
import { Caps } from '../routing/caps.tsx'
import { Attention } from './attention.tsx'
import { type Day, outcomes, sumOf } from './day-of.ts'
import { DayPicker } from './day-picker.tsx'
import { LeadsChart } from './leads-chart.tsx'
import { today } from './today.ts'
import { useDay } from './use-day.ts'

/** A day at a glance. */
export function Overview() {
  const [query, change] = useQuery()
  const day = query.get('day') ?? today()
  const [{ day: counted, state, problem }, again] = useDay(day)
  return (
    <>
      <div class="head">
        <h1>Overview</h1>
        <button type="button" class="plain" onClick={again}>
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
        <Figures day={counted} date={day} />
      </div>
      <div class="sides">
        <section class="card" aria-labelledby="by-hour">
          <h2 id="by-hour">Leads by the hour</h2>
          {state === 'whole' && total(counted) === 0 ? (
            <p class="empty">
              No lead came on this day{day === today() ? ' yet' : ''}. Try the form of a landing page, or{' '}
              <Link to="/why">see what a visitor would be shown</Link>.
            </p>
          ) : (
            <LeadsChart day={day} hours={counted.hours} />
          )}
        </section>
        <Attention date={day} day={counted} />
      </div>
      <Caps />
    </>
  )
}

function Figures({ day, date }: { day: Day; date: string }) {
  const all = total(day)
  const of = (count: number) => (all === 0 ? '' : `${Math.round((count / all) * 100)} %`)
  const test = sumOf(day, 'test')
  return (
    <>
      <Figure
        value={number(all)}
        name="leads"
        more={test > 0 ? `and ${number(test)} test leads` : ''}
        to={`/leads?day=${date}`}
      />
      {outcomes.map((outcome) => (
        <Figure
          key={outcome}
          value={number(sumOf(day, outcome))}
          name={outcome}
          more={of(sumOf(day, outcome))}
          to={`/leads?day=${date}&outcome=${outcome}`}
        />
      ))}
      <Figure value={within(day, 0.5)} name="for half of the deliveries" more={`95 %: ${within(day, 0.95)}`} />
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

function total(day: Day): number {
  return outcomes.reduce((sum, outcome) => sum + sumOf(day, outcome), 0)
}

function within(day: Day, share: number): string {
  const seconds = withinSeconds(day.timeToDelivery, share)
  if (seconds === undefined) return '–'
  return seconds === Number.POSITIVE_INFINITY ? 'over a day' : `≤ ${duration(seconds * 1000)}`
}
