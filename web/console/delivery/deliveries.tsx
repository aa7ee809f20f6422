import { listDeliveries } from '#shared/contract/delivery/deliveries.ts'
import {
  allowedPriorStates,
  type Delivery,
  type DeliveryState,
  deliveryState,
} from '#shared/domain/delivery/delivery.ts'
import { shiftDay } from '#shared/domain/time.ts'
import { canResend } from '../../app/can-resend.ts'
import { Badge } from '../../app/components/badge.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { formatNumber } from '../../app/format.ts'
import { fetchUntilNonEmpty } from '../../app/hooks/fetch-until-non-empty.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link, useQuery } from '../../app/router.tsx'
import { statusLabels } from '../../app/text/status-labels.ts'
import { getToday, toDayStart } from '../../app/time-zone.ts'
import { formatName, type Names, toChoices, useNames } from '../catalog/names.tsx'
import { consoleText } from '../text/console-text.ts'
import { deliveryText } from '../text/delivery-text.ts'
import { ReplayMany } from './replay-many.tsx'
import { ResendButton } from './resend-button.tsx'

/** The deliveries with one status, by default the failed ones, which someone must resend. */
export function Deliveries() {
  const [query, change] = useQuery()
  const schools = useNames('schools')
  const campaigns = useNames('campaigns')
  const schoolId = query.get('school') ?? undefined
  const day = query.get('day') ?? undefined
  const state = parseState(query.get('state'))
  const statusLabel = statusLabels.delivery[state].label
  const span = day === undefined ? {} : { from: toDayStart(day), to: toDayStart(shiftDay(day, 1)) }
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
        <h1>{deliveryText.title}</h1>
        <Link to="/replays">{deliveryText.replays}</Link>
      </div>
      <div class="filters">
        <Select
          label={deliveryText.status}
          choices={stateChoices}
          value={state}
          onChange={(event) => change({ state: event.currentTarget.value })}
        />
        <Select
          label={deliveryText.school}
          choices={[{ value: '', label: consoleText.allSchools }, ...toChoices(schools)]}
          value={schoolId ?? ''}
          onChange={(event) => change({ school: event.currentTarget.value })}
        />
        <Field
          label={deliveryText.createdOn}
          type="date"
          max={getToday()}
          value={day ?? ''}
          onChange={(event) => change({ day: event.currentTarget.value })}
        />
      </div>
      <p>{deliveryText.states[state]}</p>
      {isReplayableInBulk(state) && <ReplayMany filter={{ states: [state], ...filter }} schools={schools} />}
      <section class="card" aria-label={deliveryText.region} aria-live="polite">
        {note ?? (
          <Table
            caption={deliveryText.caption(statusLabel)}
            columns={createColumns(state, campaigns, reload)}
            rows={rows}
            getRowKey={({ deliveryId }) => deliveryId}
            emptyMessage={(day || schoolId ? deliveryText.noMatch : deliveryText.empty)(statusLabel)}
          />
        )}
        {more}
      </section>
    </>
  )
}

const stateChoices = deliveryState.options.map((value) => ({ value, label: statusLabels.delivery[value].label }))
const { columns } = deliveryText

function createColumns(state: DeliveryState, campaigns: Names, reload: () => void): readonly Column<Delivery>[] {
  return [
    {
      head: columns.created,
      cell: ({ leadId, createdAt }) => (
        <Link to={`/leads/${leadId}`}>
          <Instant at={createdAt} />
        </Link>
      ),
    },
    { head: columns.school, cell: ({ schoolName }) => schoolName },
    { head: columns.campaign, cell: ({ campaignId }) => formatName(campaigns, campaignId) },
    { head: columns.status, cell: (delivery) => <Badge kind="delivery" status={delivery.state} /> },
    { head: columns.attempts, kind: 'number', cell: ({ attempts }) => formatNumber(attempts) },
    { head: columns.nextAttempt, cell: ({ dueAt }) => <Instant at={dueAt} /> },
    ...(canResend(state)
      ? [{ head: columns.resend, cell: (delivery: Delivery) => <ResendButton delivery={delivery} onDone={reload} /> }]
      : []),
  ]
}

type ReplayableState = (typeof allowedPriorStates.pending)[number]

function parseState(value: string | null): DeliveryState {
  return deliveryState.safeParse(value).data ?? 'dead'
}

function isReplayableInBulk(state: DeliveryState): state is ReplayableState {
  return allowedPriorStates.pending.some((replayableState) => replayableState === state)
}
