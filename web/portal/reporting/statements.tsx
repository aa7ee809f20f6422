import { exportSchoolStatement, readSchoolAccount, showSchoolStatement } from '#shared/contract/reporting/statements.ts'
import { useApi, useApiData } from '../../app/browser-client.tsx'
import { AccountStatements } from '../../app/components/account-statements.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { formatMoney } from '../../app/format.ts'
import { statementsText } from '../text/statements.ts'

/** The balance of the school and its monthly statements. */
export function Statements() {
  const { call } = useApi()
  const [account, reload] = useApiData(readSchoolAccount, {})
  return (
    <>
      <h1>{statementsText.title}</h1>
      <LoadBoundary data={account} reload={reload}>
        {({ balanceCents, statements }) => (
          <>
            <p>
              {balanceCents < 0
                ? statementsText.owes(formatMoney(-balanceCents))
                : statementsText.hasLeft(formatMoney(balanceCents))}
            </p>
            <AccountStatements
              statements={statements}
              fileName="statement"
              fetchCsv={(month) => call(exportSchoolStatement, { params: { month } })}
              fetchPage={(month) => call(showSchoolStatement, { params: { month } })}
            />
          </>
        )}
      </LoadBoundary>
    </>
  )
}
