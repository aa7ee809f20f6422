import type * as z from 'zod'
import { readErasure } from '#shared/contract/aftercare/erasures.ts'
import type { ErasureNotice } from '#shared/domain/aftercare/erasure.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { LoadBoundary, Note } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { DetailList } from '../../app/components/timeline.tsx'
import { formatNumber } from '../../app/format.ts'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Link } from '../../app/router.tsx'
import { ResendButton } from '../delivery/resend-button.tsx'
import { receiptText } from '../text/aftercare-text.ts'

type Receipt = z.output<(typeof readErasure.responses)[200]['body']>

/** The progress of a deletion request and of the notices to schools. It refreshes until both are done. */
export function ErasurePage({ erasureId }: { erasureId: string }) {
  const [receipt, reload] = useApiData(readErasure, { params: { erasureId } })
  usePolling(receipt.body !== undefined && isChangingSoon(receipt.body), reload)
  return (
    <>
      <p>
        <Link to="/erasures">{receiptText.all}</Link>
      </p>
      <h1>{receiptText.title}</h1>
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
      <section class="card" aria-label={receiptText.region} aria-live="polite">
        <p>
          <Badge kind="job" status={state} />{' '}
          {state === 'running' ? receiptText.running : leads === 0 ? receiptText.notFound : receiptText.done}
        </p>
        <DetailList
          items={[
            [
              receiptText.id,
              <span key="id" class="id">
                {erasureId}
              </span>,
            ],
            [receiptText.requested, <Instant key="requested" at={requestedAt} />],
            [receiptText.completed, endedAt && <Instant key="done" at={endedAt} />],
            [receiptText.requestedBy, by.name],
            [receiptText.leads, formatNumber(leads)],
          ]}
        />
      </section>
      {leads > 0 && (
        <section class="card" aria-labelledby="schools">
          <h2 id="schools">{receiptText.schools}</h2>
          {failedNoticeCount > 0 && <Note kind="bad">{receiptText.noticesFailed}</Note>}
          <Table
            caption={receiptText.caption}
            columns={columns(reload)}
            rows={notices}
            getRowKey={({ deliveryId }) => deliveryId}
            emptyMessage={receiptText.empty}
          />
        </section>
      )}
    </>
  )
}

const columns = (reload: () => void): readonly Column<ErasureNotice>[] => [
  { head: receiptText.columns.school, cell: ({ schoolName }) => schoolName },
  { head: receiptText.columns.notified, cell: ({ state, deliveredAt }) => renderNoticeState(state, deliveredAt) },
  { head: receiptText.columns.nextAttempt, cell: ({ dueAt }) => dueAt && <Instant at={dueAt} /> },
  { head: receiptText.columns.lead, cell: ({ leadId }) => <Link to={`/leads/${leadId}`}>{leadId}</Link> },
  {
    head: receiptText.columns.resend,
    cell: (notice) => notice.state === 'dead' && <ResendButton delivery={notice} onDone={reload} />,
  },
]

function renderNoticeState(state: ErasureNotice['state'], deliveredAt: string | undefined) {
  return deliveredAt ? <Instant at={deliveredAt} /> : <Badge kind="delivery" status={state} />
}
