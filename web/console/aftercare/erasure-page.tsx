import type * as z from 'zod'
import { readErasure } from '#shared/contract/aftercare/erasures.ts'
import type { ErasureNotice } from '#shared/domain/aftercare/erasure.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Badge, formatNumber, Instant } from '../../app/components/format.tsx'
import { LoadBoundary, Note } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { DetailList } from '../../app/components/timeline-entry.tsx'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Link } from '../../app/router.tsx'
import { ResendButton } from '../delivery/resend-button.tsx'

type Receipt = z.output<(typeof readErasure.responses)[200]['body']>

/** What an erasure has come to, and which schools have been told by now; it looks again while that goes on. */
export function ErasurePage({ erasureId }: { erasureId: string }) {
  const [receipt, reload] = useApiData(readErasure, { params: { erasureId } })
  usePolling(receipt.body !== undefined && isChangingSoon(receipt.body), reload)
  return (
    <>
      <p>
        <Link to="/erasures">All erasures</Link>
      </p>
      <h1>Erasure</h1>
      <LoadBoundary data={receipt} reload={reload}>
        {(body) => <ReceiptDetails receipt={body} reload={reload} />}
      </LoadBoundary>
    </>
  )
}

const soonSeconds = 15

function isChangingSoon({ state, notices }: Receipt): boolean {
  const soon = new Date(Date.now() + soonSeconds * 1000).toISOString()
  return state === 'running' || notices.some(({ dueAt }) => dueAt !== undefined && dueAt < soon)
}

function ReceiptDetails({ receipt, reload }: { receipt: Receipt; reload: () => void }) {
  const { erasureId, state, requestedAt, endedAt, by, leads, notices } = receipt
  const failedNoticeCount = notices.filter((notice) => notice.state === 'dead').length
  return (
    <>
      <section class="card" aria-label="Receipt" aria-live="polite">
        <p>
          <Badge text={state} />{' '}
          {state === 'running'
            ? 'It goes on by itself every minute. This page follows, and may be left.'
            : leads === 0
              ? 'Nobody with this address or number has sent a lead. Try the other of the two.'
              : 'Nothing is left here of the person.'}
        </p>
        <DetailList
          items={[
            [
              'Receipt',
              <span key="id" class="id">
                {erasureId}
              </span>,
            ],
            ['Asked for', <Instant key="asked" at={requestedAt} />],
            ['Done', endedAt && <Instant key="done" at={endedAt} />],
            ['By', by.name],
            ['Leads', formatNumber(leads)],
          ]}
        />
      </section>
      {leads > 0 && (
        <section class="card" aria-labelledby="schools">
          <h2 id="schools">Schools that had a lead</h2>
          {failedNoticeCount > 0 && (
            <Note kind="bad">
              A school could not be told. Send it again once it can be, or tell it by hand: the ids are enough.
            </Note>
          )}
          <Table
            caption="Schools that are told to erase"
            columns={columns(reload)}
            rows={notices}
            getRowKey={({ deliveryId }) => deliveryId}
            emptyMessage="No school had a lead of this person."
          />
        </section>
      )}
    </>
  )
}

const columns = (reload: () => void): readonly Column<ErasureNotice>[] => [
  { head: 'School', cell: ({ schoolName }) => schoolName },
  { head: 'Told', cell: ({ state, deliveredAt }) => renderNoticeState(state, deliveredAt) },
  { head: 'Next try', cell: ({ dueAt }) => dueAt && <Instant at={dueAt} /> },
  { head: 'Lead', cell: ({ leadId }) => <Link to={`/leads/${leadId}`}>{leadId}</Link> },
  {
    head: 'Again',
    cell: (notice) => notice.state === 'dead' && <ResendButton delivery={notice} onDone={reload} />,
  },
]

function renderNoticeState(state: ErasureNotice['state'], deliveredAt: string | undefined) {
  return deliveredAt ? <Instant at={deliveredAt} /> : <Badge text={state} />
}
