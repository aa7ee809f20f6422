import { listSchoolLeads } from '#shared/contract/delivery/school-leads.ts'
import { deliveryState } from '#shared/domain/delivery/delivery.ts'
import { Field, Select } from '../../app/components/field.tsx'
import { Table } from '../../app/components/table.tsx'
import { fetchUntilNonEmpty } from '../../app/hooks/fetch-until-non-empty.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { useQuery } from '../../app/router.tsx'
import { appText } from '../../app/text/app-text.ts'
import { dispositionLabels } from '../../app/text/lead-labels.ts'
import { statusLabels } from '../../app/text/status-labels.ts'
import { leadText } from '../text/leads.ts'
import { createLeadColumns } from './lead-columns.tsx'

/** The leads of a school, newest first, with filters. */
export function Leads() {
  const [query, change] = useQuery()
  const since = query.get('since') ?? ''
  const filter = parseFilter(query)
  const isFiltered = Object.keys(filter).length > 0
  const from = Date.parse(`${since}T00:00`)
  const listQuery = {
    order: 'newest',
    limit: isFiltered ? 100 : 25,
    ...filter,
    ...(!Number.isNaN(from) && { since: new Date(from).toISOString() }),
  } as const
  const { rows, more, note } = usePages(
    [listQuery],
    (call, page) =>
      fetchUntilNonEmpty(
        (cursor) => call(listSchoolLeads, { query: { ...page, ...cursor, ...listQuery } }),
        ({ leads }) => leads,
      ),
    ({ body }) => body.leads,
  )
  return (
    <>
      <h1>{leadText.title}</h1>
      <div class="filters">
        <Select
          label={leadText.columns.status}
          choices={dispositionChoices}
          value={filter.disposition ?? ''}
          onChange={(event) => change({ status: event.currentTarget.value })}
        />
        <Select
          label={leadText.columns.delivery}
          choices={deliveryChoices}
          value={filter.state ?? ''}
          onChange={(event) => change({ delivery: event.currentTarget.value })}
        />
        <Field
          label={leadText.since}
          type="date"
          value={since}
          onChange={(event) => change({ since: event.currentTarget.value })}
        />
        {(isFiltered || since) && (
          <button
            type="button"
            class="plain"
            onClick={() => change({ status: undefined, delivery: undefined, since: undefined })}
          >
            {leadText.clearFilters}
          </button>
        )}
      </div>
      <section class="card" aria-label={leadText.region} aria-live="polite">
        {note ?? (
          <Table
            caption={leadText.caption}
            columns={createLeadColumns(query)}
            rows={rows}
            getRowKey={({ deliveryId }) => deliveryId}
            emptyMessage={more ? leadText.noneYet : isFiltered || since ? leadText.noMatch : leadText.noLeads}
          />
        )}
        {more}
      </section>
    </>
  )
}

const dispositionChoices = [
  { value: '', label: appText.all },
  { value: 'none', label: leadText.noStatus },
  ...Object.entries(dispositionLabels).map(([value, { label }]) => ({ value, label })),
]

const deliveryChoices = [
  { value: '', label: appText.all },
  ...deliveryState.options.map((value) => ({ value, label: statusLabels.delivery[value].label })),
]

const { state, disposition } = listSchoolLeads.query.shape

/** Reads the filters from the address and ignores invalid ones. */
function parseFilter(query: URLSearchParams) {
  const parsed = {
    state: state.safeParse(query.get('delivery') ?? undefined).data,
    disposition: disposition.safeParse(query.get('status') ?? undefined).data,
  }
  return {
    ...(parsed.state && { state: parsed.state }),
    ...(parsed.disposition && { disposition: parsed.disposition }),
  }
}
