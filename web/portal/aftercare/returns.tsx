import type * as z from 'zod'
import { listSchoolReturns } from '#shared/contract/aftercare/returns.ts'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { formatMoney } from '../../app/format.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { Link } from '../../app/router.tsx'
import { appText } from '../../app/text/app-text.ts'
import { returnReasonLabels } from '../../app/text/lead-labels.ts'
import { leadText, maskedText, returnsText } from '../text/leads.ts'

type Row = z.output<(typeof listSchoolReturns.responses)[200]['body']>['returns'][number]

/** The credit requests of a school and their decisions. */
export function Returns() {
  const { rows, more, note } = usePages(
    [],
    (call, page) => call(listSchoolReturns, { query: page }),
    ({ body }) => body.returns,
  )
  return (
    <>
      <h1>{returnsText.title}</h1>
      <p>{returnsText.intro}</p>
      <section class="card" aria-label={returnsText.title} aria-live="polite">
        {note ?? (
          <Table
            caption={returnsText.caption}
            columns={columns}
            rows={rows}
            getRowKey={({ returnId }) => returnId}
            emptyMessage={returnsText.empty}
          />
        )}
        {more}
      </section>
    </>
  )
}

function getPersonName(person: Row['person'], masked: Row['masked']): string {
  if (masked) return maskedText.reasons[masked].name
  return person ? `${person.firstName} ${person.lastName}` : leadText.deletedPerson
}

const columns: readonly Column<Row>[] = [
  {
    head: returnsText.columns.person,
    cell: ({ deliveryId, person, masked }) => <Link to={`/leads/${deliveryId}`}>{getPersonName(person, masked)}</Link>,
  },
  { head: returnsText.columns.program, cell: ({ program }) => <span class="wide">{program?.name}</span> },
  {
    head: returnsText.columns.requested,
    cell: ({ requestedAt, requestedBy }) => (
      <>
        <Instant at={requestedAt} />
        {requestedBy && <div class="help">{appText.by(requestedBy.name)}</div>}
      </>
    ),
  },
  { head: returnsText.columns.reason, cell: ({ reason }) => returnReasonLabels[reason].label },
  { head: returnsText.columns.state, cell: ({ state }) => <Badge kind="return" status={state} /> },
  { head: returnsText.columns.credit, kind: 'number', cell: ({ creditCents }) => formatMoney(creditCents) },
  { head: returnsText.columns.response, cell: ({ answer }) => answer ?? appText.none },
]
