import { listWithdrawals } from '#shared/contract/aftercare/withdrawals.ts'
import { Table } from '../../../app/components/table.tsx'
import { usePages } from '../../../app/hooks/use-pages.tsx'
import { useQuery } from '../../../app/router.tsx'
import { useNames } from '../../catalog/names.tsx'
import { withdrawalsText } from '../../text/privacy-text.ts'
import { PrivacyTabs } from '../privacy-tabs.tsx'
import { createWithdrawalColumns } from './withdrawal-columns.tsx'
import { WithdrawalForm } from './withdrawal-form.tsx'

/** Withdrawals with their deadline and what each school confirmed, and a form to record one. */
export function Withdrawals() {
  const [query] = useQuery()
  const leadId = query.get('lead') ?? undefined
  const schools = useNames('schools')
  const sources = useNames('sources')
  const { rows, more, note, reload } = usePages(
    [],
    (call, page) => call(listWithdrawals, { query: page }),
    ({ body }) => body.withdrawals,
  )
  return (
    <>
      <h1>{withdrawalsText.title}</h1>
      <PrivacyTabs current="/withdrawals" />
      <p>{withdrawalsText.intro}</p>
      <WithdrawalForm key={leadId ?? ''} leadId={leadId} schools={schools} onRecorded={reload} />
      <div class="card">
        {note ?? (
          <Table
            caption={withdrawalsText.caption}
            columns={createWithdrawalColumns({ schools, sources }, { now: new Date().toISOString(), reload })}
            rows={rows}
            getRowKey={({ withdrawalId }) => withdrawalId}
            emptyMessage={withdrawalsText.empty}
          />
        )}
        {more}
      </div>
    </>
  )
}
