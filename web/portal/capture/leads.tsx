import { listSchoolLeads } from '#shared/contract/school.ts'
import { deliveryState } from '#shared/domain/delivery/delivery.ts'
import { dispositionWords } from '../../app/components/dispositions.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { Table } from '../../app/components/table.tsx'
import { untilSome } from '../../app/hooks/until-some.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { useQuery } from '../../app/place.tsx'
import { deliveryWords } from '../delivery/delivery-words.ts'
import { leadColumns } from './lead-columns.tsx'

/** What a school comes for: its leads, the newest first. */
export function Leads() {
  const [query, change] = useQuery()
  const since = query.get('since') ?? ''
  const filter = filterOf(query)
  const isFiltered = Object.keys(filter).length > 0
  const from = Date.parse(`${since}T00:00`)
  const asked = {
    order: 'newest',
    limit: isFiltered ? 100 : 25,
    ...filter,
    ...(!Number.isNaN(from) && { since: new Date(from).toISOString() }),
  } as const
  const { rows, more, note } = usePages(
    [asked],
    (call, page) =>
      untilSome(
        (cursor) => call(listSchoolLeads, { query: { ...page, ...cursor, ...asked } }),
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
          choices={becameChoices}
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
            columns={leadColumns(query)}
            rows={rows}
            keyOf={({ deliveryId }) => deliveryId}
            empty={more ? notYet : isFiltered || since ? noneSuch : noneAtAll}
          />
        )}
        {more}
      </section>
    </>
  )
}

const becameChoices = [
  { value: '', label: 'All' },
  { value: 'nothing', label: 'Nothing told yet' },
  ...Object.entries(dispositionWords).map(([value, label]) => ({ value, label })),
]

const deliveryChoices = [
  { value: '', label: 'All' },
  ...deliveryState.options.map((value) => ({ value, label: `${value}: ${deliveryWords[value].short}` })),
]

const notYet = 'None among the leads that were looked at so far. Show more looks further back.'
const noneSuch = 'No lead passes these filters. Press “Show all” to see the others.'
const noneAtAll =
  'No lead has come yet. Once one does, it is here at once, whether or not your system took it. To see how one arrives, ' +
  'open a campaign and send yourself a test lead.'

const { state, disposition } = listSchoolLeads.query.shape

/** The filters that stand in the address. What is none is left out, as if nobody had asked. */
function filterOf(query: URLSearchParams) {
  const given = {
    state: state.safeParse(query.get('delivery') ?? undefined).data,
    disposition: disposition.safeParse(query.get('became') ?? undefined).data,
  }
  return { ...(given.state && { state: given.state }), ...(given.disposition && { disposition: given.disposition }) }
}
