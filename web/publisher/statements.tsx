import {
  exportPublisherStatement,
  readPublisherAccount,
  showPublisherStatement,
} from '#shared/contract/reporting/statements.ts'
import { useApi, useApiData } from '../app/browser-client.tsx'
import { AccountStatements } from '../app/components/account-statements.tsx'
import { LoadBoundary } from '../app/components/note.tsx'
import { formatMoney } from '../app/format.ts'
import { payoutsText, publisherText } from './text/publisher-text.ts'

/** What is still to be paid to the source, and its monthly statements. */
export function Statements() {
  const { call } = useApi()
  const [account, reload] = useApiData(readPublisherAccount, {})
  return (
    <>
      <h1>{publisherText.nav.statements}</h1>
      <LoadBoundary data={account} reload={reload}>
        {({ balanceCents, statements }) => (
          <>
            <p>
              {balanceCents < 0
                ? payoutsText.overpaid(formatMoney(-balanceCents))
                : payoutsText.owed(formatMoney(balanceCents))}
            </p>
            <AccountStatements
              statements={statements}
              fileName="payouts"
              fetchCsv={(month) => call(exportPublisherStatement, { params: { month } })}
              fetchPage={(month) => call(showPublisherStatement, { params: { month } })}
            />
          </>
        )}
      </LoadBoundary>
    </>
  )
}
