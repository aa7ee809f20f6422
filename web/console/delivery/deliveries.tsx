import { listDeliveries } from '#shared/contract/reporting/overview.ts'
import { allowedPriorStates, type Delivery, type DeliveryState } from '#shared/domain/delivery/delivery.ts'
import { addDays } from '#shared/domain/time.ts'
import { isReplayable, stateDescriptions } from '../../app/components/delivery-state-labels.ts'
import { Field, Select } from '../../app/components/field.tsx'
import { Badge, formatNumber, Instant } from '../../app/components/format.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { fetchUntilNonEmpty } from '../../app/hooks/fetch-until-non-empty.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { toChoices, useNames } from '../catalog/names.tsx'
import { getToday } from '../reporting/get-today.ts'
import { ReplayMany } from './replay-many.tsx'
import { ResendButton } from './resend-button.tsx'

/** Deliveries of one state, above all those that nobody will send by itself. */
export function Deliveries() {
  const [query, change] = useQuery()
  const schools = useNames('schools')
  const schoolId = query.get('school') ?? undefined
  const day = query.get('day') ?? undefined
  const state = parseState(query.get('state'))
  const span = day === undefined ? {} : { from: `${day}T00:00:00.000Z`, to: addDays(day, 1) }
  const filter = { ...(schoolId !== undefined && { schoolId }), ...span }
  const { rows, more, note, reload } = usePages(
    [state, filter],
    (call, page) =>
      fetchUntilNonEmpty(
        (cursor) => call(listDeliveries, { query: { state, ...filter, ...page, ...cursor } }),
        (body) => body.deliveries,
      ),
    ({ body }) => body.deliveries,
  )
  return (
    <>
      <div class="head">
        <h1>Deliveries</h1>
        <Link to="/replays">Replays so far</Link>
      </div>
      <div class="filters">
        <Select
          label="State"
          choices={Object.keys(stateDescriptions)}
          value={state}
          onChange={(event) => change({ state: event.currentTarget.value })}
        />
        <Select
          label="School"
          choices={[{ value: '', label: 'All schools' }, ...toChoices(schools)]}
          value={schoolId ?? ''}
          onChange={(event) => change({ school: event.currentTarget.value })}
        />
        <Field
          label="Made on (UTC)"
          type="date"
          max={getToday()}
          value={day ?? ''}
          onChange={(event) => change({ day: event.currentTarget.value })}
        />
      </div>
      <p>{stateDescriptions[state]}</p>
      {isReplayableInBulk(state) && <ReplayMany filter={{ states: [state], ...filter }} schools={schools} />}
      <section class="card" aria-label="Deliveries" aria-live="polite">
        {note ?? (
          <Table
            caption={`${state} deliveries`}
            columns={createColumns(state, reload)}
            rows={rows}
            getRowKey={({ deliveryId }) => deliveryId}
            emptyMessage={`No delivery is ${state}${day || schoolId ? ' with these filters' : ''}.`}
          />
        )}
        {more}
      </section>
    </>
  )
}

function createColumns(state: DeliveryState, reload: () => void): readonly Column<Delivery>[] {
  return [
    {
      head: 'Made',
      cell: ({ leadId, createdAt }) => (
        <Link to={`/leads/${leadId}`}>
          <Instant at={createdAt} />
        </Link>
      ),
    },
    { head: 'School', cell: ({ schoolName }) => schoolName },
    { head: 'Campaign', cell: ({ campaignId }) => campaignId },
    { head: 'State', cell: (delivery) => <Badge text={delivery.state} /> },
    { head: 'Attempts', kind: 'number', cell: ({ attempts }) => formatNumber(attempts) },
    { head: 'Next attempt', cell: ({ dueAt }) => <Instant at={dueAt} /> },
    ...(isReplayable(state)
      ? [{ head: 'Once more', cell: (delivery: Delivery) => <ResendButton delivery={delivery} onDone={reload} /> }]
      : []),
  ]
}

type ReplayableState = (typeof allowedPriorStates.pending)[number]

function parseState(value: string | null): DeliveryState {
  return value !== null && isState(value) ? value : 'dead'
}

function isState(value: string): value is DeliveryState {
  return Object.hasOwn(stateDescriptions, value)
}

function isReplayableInBulk(state: DeliveryState): state is ReplayableState {
  return allowedPriorStates.pending.some((replayableState) => replayableState === state)
}
