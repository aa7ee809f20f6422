import { listPublisherLeads } from '#shared/contract/capture/publisher-leads.ts'
import { type PublisherLead, publisherDeliveryState, publisherOutcome } from '#shared/domain/capture/publisher-lead.ts'
import { Select } from '../app/components/field.tsx'
import { Instant } from '../app/components/instant.tsx'
import { type Column, Table } from '../app/components/table.tsx'
import { formatMoney } from '../app/format.ts'
import { usePages } from '../app/hooks/use-pages.tsx'
import { useQuery } from '../app/router.tsx'
import { appText } from '../app/text/app-text.ts'
import { leadsText, publisherText } from './text/publisher-text.ts'

/** The leads of the source with what became of each, latest first. */
export function Leads() {
  const [query, change] = useQuery()
  const outcome = publisherOutcome.safeParse(query.get('outcome')).data
  const state = publisherDeliveryState.safeParse(query.get('state')).data
  const filter = { ...(outcome && { outcome }), ...(state && { state }) }
  const { rows, more, note } = usePages(
    [outcome, state],
    (call, page) => call(listPublisherLeads, { query: { ...filter, ...page } }),
    ({ body }) => body.leads,
  )
  return (
    <>
      <h1>{publisherText.nav.leads}</h1>
      <p>{leadsText.intro}</p>
      <div class="filters">
        <Select
          label={leadsText.outcome}
          choices={listChoices(publisherOutcome.options, leadsText.outcomes)}
          value={outcome ?? ''}
          onChange={(event) => change({ outcome: event.currentTarget.value })}
        />
        <Select
          label={leadsText.state}
          choices={listChoices(publisherDeliveryState.options, leadsText.states)}
          value={state ?? ''}
          onChange={(event) => change({ state: event.currentTarget.value })}
        />
      </div>
      {note ?? (
        <Table
          caption={leadsText.caption}
          rows={rows}
          columns={columns}
          getRowKey={({ leadId }) => leadId}
          emptyMessage={leadsText.empty}
        />
      )}
      {more}
    </>
  )
}

function listChoices<Value extends string>(values: readonly Value[], labels: { [value in Value]: string }) {
  return [{ value: '', label: leadsText.any }, ...values.map((value) => ({ value, label: labels[value] }))]
}

const columns: readonly Column<PublisherLead>[] = [
  { head: leadsText.columns.received, cell: ({ receivedAt }) => <Instant at={receivedAt} /> },
  {
    head: leadsText.columns.lead,
    kind: 'title',
    cell: ({ leadId, subIds = {} }) => (
      <>
        <span class="id">{leadId}</span>
        {Object.entries(subIds).map(([name, value]) => (
          <span key={name} class="help">
            {' '}
            {name}={value}
          </span>
        ))}
      </>
    ),
  },
  { head: leadsText.columns.outcome, cell: formatOutcome },
  { head: leadsText.columns.reasons, cell: (lead) => listReasons(lead).join(', ') || appText.none },
  {
    head: leadsText.columns.schools,
    cell: ({ deliveries }) =>
      deliveries
        .map((one) => leadsText.school(one.schoolName, leadsText.states[one.state], one.returnReason))
        .join('; ') || appText.none,
  },
  {
    head: leadsText.columns.payout,
    kind: 'number',
    cell: ({ deliveries }) => formatMoney(deliveries.reduce((sum, { payoutCents = 0 }) => sum + payoutCents, 0)),
  },
]

function formatOutcome({ outcome, test, erasedAt, withdrawnAt }: PublisherLead): string {
  const notes = [
    ...(test ? [leadsText.test] : []),
    ...(erasedAt !== undefined ? [leadsText.deleted] : withdrawnAt !== undefined ? [leadsText.withdrawn] : []),
  ]
  return [leadsText.outcomes[outcome], ...notes].join(' · ')
}

/** The codes of the verdicts, each once: of the schools that did not get the lead. */
function listReasons({ verdicts }: PublisherLead): string[] {
  return [...new Set(verdicts.flatMap(({ reason }) => reason ?? []))]
}
