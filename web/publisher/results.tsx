import { useState } from 'preact/hooks'
import { exportPublisherConversions } from '#shared/contract/reporting/conversions.ts'
import { readPublisherResults } from '#shared/contract/reporting/publisher-results.ts'
import type { SubIdResult } from '#shared/domain/reporting/publisher-results.ts'
import { shiftDay } from '#shared/domain/time.ts'
import { useApi } from '../app/browser-client.tsx'
import { ConversionExport } from '../app/components/conversion-export.tsx'
import { Field, Select } from '../app/components/field.tsx'
import { Note } from '../app/components/note.tsx'
import { type Column, Table } from '../app/components/table.tsx'
import { formatDay, formatMoney, formatNumber, formatZoneName } from '../app/format.ts'
import { useAllPages } from '../app/hooks/use-all-pages.ts'
import { useQuery } from '../app/router.tsx'
import { describeProblem } from '../app/text/problem-text.ts'
import { publisherText, resultsText } from './text/publisher-text.ts'

const daysShown = 30

/** What became of the leads and what they earned, by the values of a sub ID and by day. */
export function Results() {
  const { call } = useApi()
  const [query, change] = useQuery()
  const [names, setNames] = useState<readonly string[]>([])
  const today = new Date().toISOString().slice(0, 10)
  const since = /^\d{4}-\d\d-\d\d$/.test(query.get('since') ?? '')
    ? (query.get('since') ?? '')
    : shiftDay(today, -daysShown)
  const subId = query.get('subId') ?? ''
  return (
    <>
      <h1>{publisherText.nav.results}</h1>
      <p>{resultsText.intro}</p>
      <div class="filters">
        <Field
          label={resultsText.since}
          type="date"
          value={since}
          onChange={(event) => change({ since: event.currentTarget.value })}
        />
        <Select
          label={resultsText.subId}
          choices={[
            { value: '', label: resultsText.none },
            ...[...new Set([...names, ...(subId === '' ? [] : [subId])])].map((name) => ({ value: name, label: name })),
          ]}
          value={subId}
          onChange={(event) => change({ subId: event.currentTarget.value })}
        />
      </div>
      <ResultTables key={`${since} ${subId}`} since={since} subId={subId} onNames={setNames} />
      <ConversionExport fetchPage={(conversions) => call(exportPublisherConversions, { query: conversions })} />
    </>
  )
}

type TableProps = { since: string; subId: string; onNames: (names: readonly string[]) => void }

function ResultTables({ since, subId, onNames }: TableProps) {
  const { state, pages } = useAllPages(async (call, page) => {
    const query = { since, limit: 100, ...(subId !== '' && { subId }), ...page }
    const response = await call(readPublisherResults, { query })
    const found = response.body?.subIdNames
    if (found) onNames(found)
    return response
  })
  const results = pages.flatMap((page) => page.results)
  if (state === 'failed') return <Note kind="bad">{describeProblem({ code: 'FAULT' })}</Note>
  const timeZone = pages[0]?.timeZone
  const empty = state === 'loading' ? resultsText.counting : resultsText.empty
  const byValue = sumResults(results, ({ value }) => value || resultsText.without)
  const byDay = sumResults(results, ({ day }) => day).toReversed()
  const total = sumResults(results, () => resultsText.total)
  return (
    <>
      <p role="status">
        {state === 'loading' ? resultsText.counting : timeZone && resultsText.zone(formatZoneName(timeZone))}
      </p>
      {subId !== '' && (
        <div class="card">
          <h2>{resultsText.bySubId}</h2>
          <Table
            caption={resultsText.bySubId}
            rows={[...byValue, ...total]}
            getRowKey={({ name }) => name}
            emptyMessage={empty}
            columns={createColumns(resultsText.value, (name) => name)}
          />
        </div>
      )}
      <div class="card">
        <h2>{resultsText.byDay}</h2>
        <Table
          caption={resultsText.byDay}
          rows={[...byDay, ...total]}
          getRowKey={({ name }) => name}
          emptyMessage={empty}
          columns={createColumns(resultsText.day, (name) => (name === resultsText.total ? name : formatDay(name)))}
        />
      </div>
    </>
  )
}

type Counts = Omit<SubIdResult, 'day' | 'value'>
type Row = Counts & { name: string }

/** Adds up the rows of all pages by a name, in order of the names. */
function sumResults(results: readonly SubIdResult[], getName: (result: SubIdResult) => string): Row[] {
  return [...Map.groupBy(results, getName)]
    .map(([name, rows]) => {
      const sum = (read: (row: SubIdResult) => number) => rows.reduce((total, row) => total + read(row), 0)
      return {
        name,
        leads: sum(({ leads }) => leads),
        accepted: sum(({ accepted }) => accepted),
        delivered: sum(({ delivered }) => delivered),
        returned: sum(({ returned }) => returned),
        payoutCents: sum(({ payoutCents }) => payoutCents),
      }
    })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

const createColumns = (head: string, formatName: (name: string) => string): readonly Column<Row>[] => [
  {
    head,
    kind: 'title',
    cell: ({ name }) => (name === resultsText.total ? <strong>{name}</strong> : formatName(name)),
  },
  { head: resultsText.leads, kind: 'number', cell: ({ leads }) => formatNumber(leads) },
  { head: resultsText.accepted, kind: 'number', cell: ({ accepted }) => formatNumber(accepted) },
  { head: resultsText.delivered, kind: 'number', cell: ({ delivered }) => formatNumber(delivered) },
  { head: resultsText.returned, kind: 'number', cell: ({ returned }) => formatNumber(returned) },
  { head: resultsText.payout, kind: 'number', cell: ({ payoutCents }) => formatMoney(payoutCents) },
]
