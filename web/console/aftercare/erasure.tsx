import type * as z from 'zod'
import { readErasure } from '#shared/contract/aftercare/erasures.ts'
import type { Notice } from '#shared/domain/aftercare/erasure.ts'
import { useLoaded } from '../../app/api.tsx'
import { Facts } from '../../app/components/moment.tsx'
import { Note, Ready } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { Badge, Instant, number } from '../../app/components/words.tsx'
import { useFollow } from '../../app/hooks/use-follow.ts'
import { Link } from '../../app/place.tsx'
import { SendAgain } from '../delivery/send-again.tsx'

type Receipt = z.output<(typeof readErasure.responses)[200]['body']>

/** What an erasure has come to, and which schools have been told by now; it looks again while that goes on. */
export function Erased({ erasureId }: { erasureId: string }) {
  const [receipt, again] = useLoaded(readErasure, { params: { erasureId } })
  useFollow(receipt.body !== undefined && isMoving(receipt.body), again)
  return (
    <>
      <p>
        <Link to="/erasures">All erasures</Link>
      </p>
      <h1>Erasure</h1>
      <Ready of={receipt} again={again}>
        {(told) => <Told receipt={told} again={again} />}
      </Ready>
    </>
  )
}

const soonSeconds = 15

function isMoving({ state, notices }: Receipt): boolean {
  const soon = new Date(Date.now() + soonSeconds * 1000).toISOString()
  return state === 'running' || notices.some(({ dueAt }) => dueAt !== undefined && dueAt < soon)
}

function Told({ receipt, again }: { receipt: Receipt; again: () => void }) {
  const { erasureId, state, requestedAt, endedAt, by, leads, notices } = receipt
  const untold = notices.filter((notice) => notice.state === 'dead').length
  return (
    <>
      <section class="card" aria-label="Receipt" aria-live="polite">
        <p>
          <Badge word={state} />{' '}
          {state === 'running'
            ? 'It goes on by itself every minute. This page follows, and may be left.'
            : leads === 0
              ? 'Nobody with this address or number has sent a lead. Try the other of the two.'
              : 'Nothing is left here of the person.'}
        </p>
        <Facts
          of={[
            [
              'Receipt',
              <span key="id" class="id">
                {erasureId}
              </span>,
            ],
            ['Asked for', <Instant key="asked" at={requestedAt} />],
            ['Done', endedAt && <Instant key="done" at={endedAt} />],
            ['By', by.name],
            ['Leads', number(leads)],
          ]}
        />
      </section>
      {leads > 0 && (
        <section class="card" aria-labelledby="schools">
          <h2 id="schools">Schools that had a lead</h2>
          {untold > 0 && (
            <Note kind="bad">
              A school could not be told. Send it again once it can be, or tell it by hand: the ids are enough.
            </Note>
          )}
          <Table
            caption="Schools that are told to erase"
            columns={columns(again)}
            rows={notices}
            keyOf={({ deliveryId }) => deliveryId}
            empty="No school had a lead of this person."
          />
        </section>
      )}
    </>
  )
}

const columns = (again: () => void): readonly Column<Notice>[] => [
  { head: 'School', cell: ({ schoolName }) => schoolName },
  { head: 'Told', cell: ({ state, deliveredAt }) => told(state, deliveredAt) },
  { head: 'Next try', cell: ({ dueAt }) => dueAt && <Instant at={dueAt} /> },
  { head: 'Lead', cell: ({ leadId }) => <Link to={`/leads/${leadId}`}>{leadId}</Link> },
  {
    head: 'Again',
    cell: (notice) => notice.state === 'dead' && <SendAgain delivery={notice} done={again} />,
  },
]

function told(state: Notice['state'], deliveredAt: string | undefined) {
  return deliveredAt ? <Instant at={deliveredAt} /> : <Badge word={state} />
}
