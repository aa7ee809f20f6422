import { listLedgerEntries, readAccount } from '#shared/contract/reporting/ledger.ts'
import { exportStatement, showStatement } from '#shared/contract/reporting/statements.ts'
import type { AccountKind } from '#shared/domain/reporting/ledger/account.ts'
import type { LedgerEntry } from '#shared/domain/reporting/ledger/ledger-entry.ts'
import { useApi, useApiData } from '../../../app/browser-client.tsx'
import { AccountStatements } from '../../../app/components/account-statements.tsx'
import { Instant } from '../../../app/components/instant.tsx'
import { LoadBoundary } from '../../../app/components/note.tsx'
import { type Column, Table } from '../../../app/components/table.tsx'
import { DetailList } from '../../../app/components/timeline.tsx'
import { formatMoney } from '../../../app/format.ts'
import { usePages } from '../../../app/hooks/use-pages.tsx'
import { Link } from '../../../app/router.tsx'
import { accountText as sharedText } from '../../../app/text/account-text.ts'
import { accountText } from '../../text/account-text.ts'
import { EntryForm } from './entry-form.tsx'

type Props = { kind: AccountKind; id: string }

/** The money of a school or source: its balance, what staff may enter, its latest entries and its statements. */
export function AccountPage({ kind, id }: Props) {
  const { call } = useApi()
  const params = { accountKind: kind, accountId: id }
  const [account, reload] = useApiData(readAccount, { params, query: {} })
  return (
    <LoadBoundary data={account} reload={reload}>
      {({ name = id, balanceCents, credit, statements }) => (
        <>
          <h1>{accountText.title(name)}</h1>
          <p>
            <Link to={`/${kind}/${id}`}>{accountText.toRecord[kind]}</Link>
          </p>
          <section class="card" aria-label={sharedText.balance}>
            <DetailList
              items={[
                [sharedText.balance, formatMoney(balanceCents)],
                ...(credit
                  ? [
                      [accountText.limit, formatMoney(credit.limitCents)] as const,
                      [accountText.left, formatMoney(credit.leftCents)] as const,
                    ]
                  : []),
              ]}
            />
            <p class="help">{accountText.balanceHelp[kind]}</p>
          </section>
          <EntryForm params={params} name={name} onDone={reload} />
          <Entries key={balanceCents} params={params} />
          <AccountStatements
            statements={statements}
            fileName={`statement-${id}`}
            fetchCsv={(month) => call(exportStatement, { params: { ...params, month }, query: {} })}
            fetchPage={(month) => call(showStatement, { params: { ...params, month }, query: {} })}
          />
        </>
      )}
    </LoadBoundary>
  )
}

function Entries({ params }: { params: { accountKind: AccountKind; accountId: string } }) {
  const { rows, more, note } = usePages(
    [params.accountKind, params.accountId],
    (call, page) => call(listLedgerEntries, { params, query: page }),
    ({ body }) => body.entries,
  )
  return (
    <section class="card" aria-labelledby="entries">
      <h2 id="entries">{accountText.entries}</h2>
      {note ?? (
        <Table
          caption={accountText.entriesCaption}
          columns={columns}
          rows={rows}
          getRowKey={({ entryId }) => entryId}
          emptyMessage={accountText.noEntries}
        />
      )}
      {more}
    </section>
  )
}

const columns: readonly Column<LedgerEntry>[] = [
  { head: accountText.columns.at, kind: 'title', cell: ({ at }) => <Instant at={at} /> },
  { head: accountText.columns.kind, cell: ({ kind }) => accountText.kinds[kind] },
  { head: accountText.columns.amount, kind: 'number', cell: ({ amountCents }) => formatMoney(amountCents) },
  {
    head: accountText.columns.cause,
    cell: ({ leadId, reference, reason }) =>
      leadId === undefined ? (
        [reference, reason].filter(Boolean).join('; ')
      ) : (
        <Link to={`/leads/${leadId}`} class="id">
          {leadId}
        </Link>
      ),
  },
]
