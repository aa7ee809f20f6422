import type * as z from 'zod'
import { listSchoolLeads } from '#shared/contract/school.ts'
import { Field } from '../app/field.tsx'
import { Link, useQuery } from '../app/place.tsx'
import { type Column, Table } from '../app/table.tsx'
import { usePages } from '../app/use-pages.tsx'
import { Badge, Instant } from '../app/words.tsx'

type SchoolLead = z.output<(typeof listSchoolLeads.responses)[200]['body']>['leads'][number]

/** What a school comes for: its leads. */
export function Leads() {
  const [query, change] = useQuery()
  const since = query.get('since') ?? undefined
  const { rows, more, note } = usePages(
    [since],
    (call, page) => call(listSchoolLeads, { query: { ...page, ...(since && { since: `${since}T00:00:00Z` }) } }),
    ({ body }) => body.leads,
  )
  return (
    <>
      <h1>Your leads</h1>
      <div class="filters">
        <Field
          label="Since"
          type="date"
          value={since}
          onChange={(event) => change({ since: event.currentTarget.value || undefined })}
        />
      </div>
      <div class="card">
        {note ?? (
          <Table
            caption="Leads"
            columns={columns}
            rows={rows}
            keyOf={({ deliveryId }) => deliveryId}
            empty="No lead has come for you yet. Once one does, it is here at once, whether or not your system took it."
          />
        )}
        {more}
      </div>
    </>
  )
}

const columns: readonly Column<SchoolLead>[] = [
  { head: 'Received', cell: ({ createdAt }) => <Instant at={createdAt} /> },
  { head: 'Name', cell: (lead) => <Link to={`/leads/${lead.deliveryId}`}>{nameOf(lead)}</Link> },
  { head: 'Program', cell: ({ event }) => event.data.program.name },
  { head: 'State', cell: ({ event }) => event.data.contact.state },
  { head: 'Delivery', cell: ({ state }) => <Badge word={state} /> },
]

export function nameOf({ event }: Pick<SchoolLead, 'event'>): string {
  const { firstName, lastName } = event.data.contact
  return `${firstName} ${lastName}`
}
