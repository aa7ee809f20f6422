import { listSchoolLeads } from '#shared/contract/school.ts'
import { deliveryState } from '#shared/domain/delivery/delivery.ts'
import { dispositionLabels } from '../../app/components/dispositions.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { Table } from '../../app/components/table.tsx'
import { fetchUntilNonEmpty } from '../../app/hooks/fetch-until-non-empty.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { useQuery } from '../../app/router.tsx'
import { deliveryLabels } from '../delivery/delivery-labels.ts'
import { createLeadColumns } from './lead-columns.tsx'

/** What a school comes for: its leads, the newest first. */
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
      <h1>Your leads</h1>
      <div class="filters">
        <Select
          label="What became of it"
          choices={dispositionChoices}
          value={filter.disposition ?? ''}
          onChange={(event) => change({ became: event.currentTarget.value })}
        />
        <Select
          label="Delivery"
          choices={deliveryChoices}
          value={filter.state ?? ''}
          onChange={(event) => change({ delivery: event.currentTarget.value })}
        />
        <Field
          label="Since"
          type="date"
          value={since}
          onChange={(event) => change({ since: event.currentTarget.value })}
        />
        {(isFiltered || since) && (
          <button
            type="button"
            class="plain"
            onClick={() => change({ became: undefined, delivery: undefined, since: undefined })}
          >
            Show all
          </button>
        )}
      </div>
      <section class="card" aria-label="Leads" aria-live="polite">
        {note ?? (
          <Table
            caption="Leads, the newest first"
            columns={createLeadColumns(query)}
            rows={rows}
            getRowKey={({ deliveryId }) => deliveryId}
            emptyMessage={more ? noneYet : isFiltered || since ? noMatch : noLeads}
          />
        )}
        {more}
      </section>
    </>
  )
}

const dispositionChoices = [
  { value: '', label: 'All' },
  { value: 'nothing', label: 'Nothing told yet' },
  ...Object.entries(dispositionLabels).map(([value, label]) => ({ value, label })),
]

const deliveryChoices = [
  { value: '', label: 'All' },
  ...deliveryState.options.map((value) => ({ value, label: `${value}: ${deliveryLabels[value].short}` })),
]

const noneYet = 'None among the leads that were looked at so far. Show more looks further back.'
const noMatch = 'No lead passes these filters. Press “Show all” to see the others.'
const noLeads =
  'No lead has come yet. Once one does, it is here at once, whether or not your system took it. To see how one arrives, ' +
  'open a campaign and send yourself a test lead.'

const { state, disposition } = listSchoolLeads.query.shape

/** The filters that stand in the address. What is none is left out, as if nobody had asked. */
function parseFilter(query: URLSearchParams) {
  const parsed = {
    state: state.safeParse(query.get('delivery') ?? undefined).data,
    disposition: disposition.safeParse(query.get('became') ?? undefined).data,
  }
  return {
    ...(parsed.state && { state: parsed.state }),
    ...(parsed.disposition && { disposition: parsed.disposition }),
  }
}
