import type * as z from 'zod'
import { type leadRow, listLeads } from '#shared/contract/operator.ts'
import { Field } from '../app/field.tsx'
import { Link, useQuery } from '../app/place.tsx'
import { type Column, Table } from '../app/table.tsx'
import { usePages } from '../app/use-pages.tsx'
import { Badge, Instant } from '../app/words.tsx'
import { today } from './today.ts'

type Row = z.output<typeof leadRow>

/** The leads of a day, latest first. Nobody is named here. */
export function Leads() {
  const [query, change] = useQuery()
  const day = query.get('day') ?? today()
  const { rows, more, note } = usePages(
    [day],
    (call, page) => call(listLeads, { query: { ...page, day } }),
    ({ body }) => body.leads,
  )
  return (
    <>
      <h1>Leads</h1>
      <div class="filters">
        <Field
          label="Day (UTC)"
          type="date"
          max={today()}
          value={day}
          onChange={(event) => change({ day: event.currentTarget.value || undefined })}
        />
      </div>
      <div class="card">
        {note ?? (
          <Table
            caption={`Leads of ${day}`}
            columns={columns}
            rows={rows}
            keyOf={({ leadId }) => leadId}
            empty="No lead came on this day. Pick another day, or look whether the landing pages still send."
          />
        )}
        {more}
      </div>
    </>
  )
}

const columns: readonly Column<Row>[] = [
  {
    head: 'Received',
    cell: ({ leadId, receivedAt }) => (
      <Link to={`/leads/${leadId}`}>
        <Instant at={receivedAt} />
      </Link>
    ),
  },
  {
    head: 'Outcome',
    cell: ({ outcome, test }) => (
      <>
        <Badge word={outcome} /> {test && <Badge word="test" />}
      </>
    ),
  },
  { head: 'Career', cell: ({ careerSlug }) => careerSlug },
  { head: 'State', cell: ({ state }) => state },
  { head: 'Source', cell: ({ sourceId }) => sourceId },
  { head: 'Lead', cell: ({ leadId }) => <span class="id">{leadId}</span> },
]
