import { listDeliveries } from '#shared/contract/reporting/overview.ts'
import { type Delivery, type DeliveryState, enteredFrom } from '#shared/domain/delivery/delivery.ts'
import { isReplayable, stateWords } from '../../app/components/delivery-words.ts'
import { Field, Select } from '../../app/components/field.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { Badge, Instant, number } from '../../app/components/words.tsx'
import { untilSome } from '../../app/hooks/until-some.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/place.tsx'
import { choicesOf, useNames } from '../catalog/names.tsx'
import { today } from '../reporting/today.ts'
import { ReplayMany } from './replay-many.tsx'
import { SendAgain } from './send-again.tsx'

/** Deliveries of one state, above all those that nobody will send by itself. */
export function Deliveries() {
  const [query, change] = useQuery()
  const schools = useNames('schools')
  const schoolId = query.get('school') ?? undefined
  const day = query.get('day') ?? undefined
  const state = stateOf(query.get('state'))
  const span = day === undefined ? {} : { from: `${day}T00:00:00.000Z`, to: nextDay(day) }
  const asked = { ...(schoolId !== undefined && { schoolId }), ...span }
  const { rows, more, note, again } = usePages(
    [state, asked],
    (call, page) =>
      untilSome(
        (cursor) => call(listDeliveries, { query: { state, ...asked, ...page, ...cursor } }),
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
          choices={Object.keys(stateWords)}
          value={state}
          onChange={(event) => change({ state: event.currentTarget.value })}
        />
        <Select
          label="School"
          choices={[{ value: '', label: 'All schools' }, ...choicesOf(schools)]}
          value={schoolId ?? ''}
          onChange={(event) => change({ school: event.currentTarget.value })}
        />
        <Field
          label="Made on (UTC)"
          type="date"
          max={today()}
          value={day ?? ''}
          onChange={(event) => change({ day: event.currentTarget.value })}
        />
      </div>
      <p>{stateWords[state]}</p>
      {isMeantForReplay(state) && <ReplayMany filter={{ states: [state], ...asked }} schools={schools} />}
      <section class="card" aria-label="Deliveries" aria-live="polite">
        {note ?? (
          <Table
            caption={`${state} deliveries`}
            columns={columnsOf(state, again)}
            rows={rows}
            keyOf={({ deliveryId }) => deliveryId}
            empty={`No delivery is ${state}${day || schoolId ? ' with these filters' : ''}.`}
          />
        )}
        {more}
      </section>
    </>
  )
}

function columnsOf(state: DeliveryState, again: () => void): readonly Column<Delivery>[] {
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
    { head: 'State', cell: (delivery) => <Badge word={delivery.state} /> },
    { head: 'Attempts', kind: 'number', cell: ({ attempts }) => number(attempts) },
    { head: 'Next attempt', cell: ({ dueAt }) => <Instant at={dueAt} /> },
    ...(isReplayable(state)
      ? [{ head: 'Once more', cell: (delivery: Delivery) => <SendAgain delivery={delivery} done={again} /> }]
      : []),
  ]
}

type Meant = (typeof enteredFrom.pending)[number]

function stateOf(given: string | null): DeliveryState {
  return given !== null && isState(given) ? given : 'dead'
}

function isState(given: string): given is DeliveryState {
  return Object.hasOwn(stateWords, given)
}

function isMeantForReplay(state: DeliveryState): state is Meant {
  return enteredFrom.pending.some((meant) => meant === state)
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString()
}
