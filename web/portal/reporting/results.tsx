import '../portal.css'
import { readSchoolResults } from '#shared/contract/reporting/school-results.ts'
import { shiftDay } from '#shared/domain/time.ts'
import { Select } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { formatDay, formatMoney, formatNumber, formatPercent, formatZoneName } from '../../app/format.ts'
import { useAllPages } from '../../app/hooks/use-all-pages.ts'
import { useQuery } from '../../app/router.tsx'
import { appText } from '../../app/text/app-text.ts'
import { describeProblem } from '../../app/text/problem-text.ts'
import { toLocalDay } from '../../app/time-zone.ts'
import { getCampaignTitle, useOwnSchool } from '../own-school.tsx'
import { CampaignCards } from '../routing/campaign-cards.tsx'
import { SchoolLimits } from '../routing/school-limits.tsx'
import { resultsText } from '../text/results.ts'
import { type ResultLine, sumResults } from './sum-results.ts'

const defaultWeeks = '8'

/** Spend, leads and rates by week and campaign, and what is left of credit and caps. */
export function Results() {
  const [query, change] = useQuery()
  const weeks = Object.keys(resultsText.weekChoices).find((count) => count === query.get('weeks')) ?? defaultWeeks
  const [school] = useOwnSchool()
  return (
    <>
      <h1>{resultsText.title}</h1>
      <p>{resultsText.intro}</p>
      <div class="filters">
        <Select
          label={resultsText.weeks}
          choices={Object.entries(resultsText.weekChoices).map(([value, label]) => ({ value, label }))}
          value={weeks}
          onChange={({ currentTarget }) => change({ weeks: currentTarget.value })}
        />
      </div>
      <ResultTables key={weeks} since={getFirstMonday(Number(weeks))} />
      {school.body && (
        <>
          <SchoolLimits school={school.body} />
          <CampaignCards school={school.body} />
        </>
      )}
    </>
  )
}

function ResultTables({ since }: { since: string }) {
  const [school] = useOwnSchool()
  const { state, pages } = useAllPages((call, page) =>
    call(readSchoolResults, { query: { since, limit: 100, ...page } }),
  )
  const results = pages.flatMap((page) => page.results)
  const titles = new Map((school.body?.campaigns ?? []).map((campaign) => [campaign.id, getCampaignTitle(campaign)]))
  const [total] = sumResults(results, () => resultsText.total)
  const byWeek = sumResults(results, ({ week }) => week).toReversed()
  const byCampaign = sumResults(results, ({ campaignId }) => titles.get(campaignId) ?? campaignId)
  if (state === 'failed') return <Note kind="bad">{describeProblem({ code: 'FAULT' })}</Note>
  const timeZone = pages[0]?.timeZone
  return (
    <>
      <p role="status">
        {state === 'loading' ? resultsText.counting : timeZone && resultsText.zone(formatZoneName(timeZone))}
      </p>
      <div class="card">
        <h2>{resultsText.byWeek}</h2>
        <Table
          caption={resultsText.byWeek}
          rows={total ? [...byWeek, total] : byWeek}
          getRowKey={({ name }) => name}
          emptyMessage={state === 'loading' ? resultsText.counting : resultsText.empty}
          columns={createColumns(resultsText.week, formatDay)}
        />
        <p class="help">{resultsText.help}</p>
      </div>
      <div class="card">
        <h2>{resultsText.byCampaign}</h2>
        <Table
          caption={resultsText.byCampaign}
          rows={byCampaign}
          getRowKey={({ name }) => name}
          emptyMessage={state === 'loading' ? resultsText.counting : resultsText.empty}
          columns={createColumns(resultsText.campaign, (name) => name)}
        />
      </div>
    </>
  )
}

type Row = { name: string; line: ResultLine }

const createColumns = (head: string, formatName: (name: string) => string): readonly Column<Row>[] => [
  { head, cell: ({ name }) => (name === resultsText.total ? <strong>{name}</strong> : formatName(name)) },
  { head: resultsText.leads, kind: 'number', cell: ({ line }) => formatNumber(line.leads) },
  { head: resultsText.spend, kind: 'number', cell: ({ line }) => formatMoney(line.spendCents) },
  { head: resultsText.contact, kind: 'number', cell: ({ line }) => formatShare(line.contactRate) },
  { head: resultsText.enrolled, kind: 'number', cell: ({ line }) => formatNumber(line.enrolled) },
  { head: resultsText.enrollment, kind: 'number', cell: ({ line }) => formatShare(line.enrollmentRate) },
  {
    head: resultsText.perEnrollment,
    kind: 'number',
    cell: ({ line }) => (line.perEnrollmentCents === undefined ? appText.none : formatMoney(line.perEnrollmentCents)),
  },
]

function formatShare(share: number | undefined): string {
  return share === undefined ? appText.none : formatPercent(share)
}

/** The Monday with which a span of so many weeks begins that includes today. */
function getFirstMonday(weeks: number): string {
  const today = new Date()
  const sinceMonday = (today.getDay() + 6) % 7
  return shiftDay(toLocalDay(today), -sinceMonday - 7 * (weeks - 1))
}
