import { listSchoolLeads } from '#shared/contract/school.ts'
import { Field } from '../app/field.tsx'
import { useQuery } from '../app/place.tsx'
import { Table } from '../app/table.tsx'
import { usePages } from '../app/use-pages.tsx'
import { leadColumns } from './lead-columns.tsx'

/** What a school comes for: its leads, the newest first. */
export function Leads() {
  const [query, change] = useQuery()
  const since = query.get('since') ?? undefined
  const { rows, more, note } = usePages(
    [since],
    (call, page) =>
      call(listSchoolLeads, { query: { ...page, order: 'newest', ...(since && { since: `${since}T00:00:00Z` }) } }),
    ({ body }) => body.leads,
  )
  return (
    <>
      <h1>Your leads</h1>
      <div class="filters">
        <Field
          label="Since (UTC)"
          type="date"
          value={since ?? ''}
          onChange={(event) => change({ since: event.currentTarget.value || undefined })}
        />
      </div>
      <div class="card">
        {note ?? (
          <Table
            caption="Leads, the newest first"
            columns={leadColumns}
            rows={rows}
            keyOf={({ deliveryId }) => deliveryId}
            empty={
              since
                ? 'No lead has come since then.'
                : 'No lead has come for you yet. Once one does, it is here at once, whether or not your system took it.'
            }
          />
        )}
        {more}
      </div>
    </>
  )
}
