import type * as z from 'zod'
import type { listWithdrawals } from '#shared/contract/aftercare/withdrawals.ts'
import { countBusinessDays } from '#shared/domain/time.ts'
import { Badge } from '../../../app/components/badge.tsx'
import { Instant } from '../../../app/components/instant.tsx'
import type { Column } from '../../../app/components/table.tsx'
import { formatNumber } from '../../../app/format.ts'
import { formatActor } from '../../access/format-actor.ts'
import type { Names } from '../../catalog/names.tsx'
import { ResendButton } from '../../delivery/resend-button.tsx'
import { channelLabels, meansLabels, withdrawalsText } from '../../text/privacy-text.ts'
import { formatScope } from '../format-scope.ts'

type Withdrawal = z.output<(typeof listWithdrawals.responses)[200]['body']>['withdrawals'][number]

export function createWithdrawalColumns(
  names: { schools: Names; sources: Names },
  { now, reload }: { now: string; reload: () => void },
): readonly Column<Withdrawal>[] {
  const { columns } = withdrawalsText
  return [
    { head: columns.at, cell: ({ at }) => <Instant at={at} /> },
    {
      head: columns.channel,
      cell: ({ channel, means, actor, reason }) => (
        <>
          {means ? meansLabels[means] : channelLabels[channel]}
          {actor.kind !== 'visitor' && (
            <>
              <br />
              <span class="help">{formatActor(actor, names)}</span>
            </>
          )}
          {reason && (
            <>
              <br />
              <span class="help">{reason}</span>
            </>
          )}
        </>
      ),
    },
    { head: columns.scope, cell: ({ scope }) => formatScope(scope, names) },
    { head: columns.leads, kind: 'number', cell: ({ leads }) => formatNumber(leads) },
    {
      head: columns.schools,
      cell: ({ notices, state }) => <Notices notices={notices} state={state} reload={reload} />,
    },
    { head: columns.deadline, cell: (row) => <Deadline row={row} now={now} /> },
  ]
}

/** Which schools have confirmed that they received the notice. */
function Notices({ notices, state, reload }: Pick<Withdrawal, 'notices' | 'state'> & { reload: () => void }) {
  if (notices.length === 0) return <>{state === 'running' ? withdrawalsText.working : withdrawalsText.noSchools}</>
  return (
    <ul class="bullets">
      {notices.map((notice) => (
        <li key={notice.deliveryId}>
          {notice.schoolName}: <Badge kind="notice" status={notice.state} />{' '}
          {notice.deliveredAt && <Instant at={notice.deliveredAt} />}
          {notice.state === 'dead' && <ResendButton delivery={notice} onDone={reload} />}
        </li>
      ))}
    </ul>
  )
}

/** The clock of the 10 business days. It stops when every school has confirmed. */
function Deadline({ row: { honorBy, notices, state }, now }: { row: Withdrawal; now: string }) {
  const isConfirmed = state === 'done' && notices.every((notice) => notice.deliveredAt !== undefined)
  if (isConfirmed) return <>{notices.length === 0 ? '' : withdrawalsText.allConfirmed}</>
  return (
    <>
      <Instant at={honorBy} />
      <br />
      {honorBy < now ? (
        <span class="badge bad">{withdrawalsText.overdue}</span>
      ) : (
        <span class="badge slow">{withdrawalsText.daysLeft(countBusinessDays(now, honorBy))}</span>
      )}
    </>
  )
}
