import './overview.css'
import type { ComponentChildren } from 'preact'
import { findPercentileSeconds } from '#shared/domain/reporting/delivery-times.ts'
import { ProblemNote } from '../../app/components/note.tsx'
import { formatDuration, formatNumber, formatPercent } from '../../app/format.ts'
import { Link, useQuery } from '../../app/router.tsx'
import { appText } from '../../app/text/app-text.ts'
import { getToday } from '../../app/time-zone.ts'
import { Caps } from '../routing/caps.tsx'
import { overviewText } from '../text/reporting-text.ts'
import { tourText } from '../text/tour-text.ts'
import { TourInvitation, useTourInvitation } from '../tour/tour-invitation.tsx'
import { Attention } from './attention.tsx'
import { type DayCounts, outcomes, sumDay } from './day-counts.ts'
import { DayPicker } from './day-picker.tsx'
import { LeadsChart } from './leads-chart.tsx'
import { useDay } from './use-day.ts'

/** The leads and deliveries of one day, what needs attention, and the usage of caps. */
export function Overview() {
  const [query, change] = useQuery()
  const day = query.get('day') ?? getToday()
  const tour = useTourInvitation()
  const [{ day: dayCounts, state, problem }, reload] = useDay(day)
  return (
    <>
      <div class="head">
        <h1>{overviewText.title}</h1>
        <span class="actions">
          {tour.isDismissed && <Link to="/tour">{tourText.openAgain}</Link>}
          <button type="button" class="plain" onClick={reload}>
            {overviewText.refresh}
          </button>
        </span>
      </div>
      {!tour.isDismissed && <TourInvitation dismiss={tour.dismiss} />}
      <DayPicker day={day} change={change} />
      {problem && <ProblemNote problem={problem} />}
      <div class="figures" aria-busy={state === 'counting'}>
        <Figures day={dayCounts} date={day} />
      </div>
      <div class="sides">
        <section class="card" aria-labelledby="by-hour">
          <h2 id="by-hour">{overviewText.byHour}</h2>
          {state === 'complete' && countLeads(dayCounts) === 0 ? (
            <p class="empty">
              {overviewText.noLeads(day === getToday())}
              <Link to="/explain">{overviewText.explain}</Link>.
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
  const formatShare = (count: number) => (leadCount === 0 ? '' : formatPercent(count / leadCount))
  const test = sumDay(day, 'test')
  return (
    <>
      <Figure
        value={formatNumber(leadCount)}
        name={overviewText.leads}
        more={test > 0 ? overviewText.testLeads(formatNumber(test)) : ''}
        to={`/leads?day=${date}`}
      />
      {outcomes.map((outcome) => (
        <Figure
          key={outcome}
          value={formatNumber(sumDay(day, outcome))}
          name={overviewText.outcomes[outcome]}
          more={formatShare(sumDay(day, outcome))}
          to={`/leads?day=${date}&outcome=${outcome}`}
        />
      ))}
      <Figure
        value={formatTimeToDelivery(day, 0.5)}
        name={overviewText.medianDeliveryTime}
        more={overviewText.percentile95(formatTimeToDelivery(day, 0.95))}
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
  if (seconds === undefined) return appText.none
  return seconds === Number.POSITIVE_INFINITY
    ? overviewText.overADay
    : overviewText.atMost(formatDuration(seconds * 1000))
}
