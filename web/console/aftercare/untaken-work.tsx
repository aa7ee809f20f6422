import { handleUntakenWork, listUntakenWork } from '#shared/contract/aftercare/untaken-work.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { RoleNote, useIsAllowed } from '../../app/people/allowed.tsx'
import { Link } from '../../app/router.tsx'
import { untakenWorkText } from '../text/aftercare-text.ts'

/** Schools that work leads that they never took, latest first. */
export function UntakenWork() {
  const { call } = useApi()
  const { rows, more, note, reload } = usePages(
    [],
    (callPage, page) => callPage(listUntakenWork, { query: page }),
    ({ body }) => body.untakenWork,
  )
  const canHandle = useIsAllowed(handleUntakenWork)
  const { columns } = untakenWorkText
  return (
    <>
      <h1>{untakenWorkText.title}</h1>
      <p>{untakenWorkText.intro}</p>
      <RoleNote needs={handleUntakenWork} />
      <section class="card" aria-label={untakenWorkText.title} aria-live="polite">
        {note ?? (
          <Table
            caption={untakenWorkText.caption}
            rows={rows}
            getRowKey={({ deliveryId }) => deliveryId}
            emptyMessage={untakenWorkText.empty}
            columns={[
              { head: columns.school, cell: ({ schoolName }) => schoolName },
              { head: columns.act, cell: ({ act }) => untakenWorkText.acts[act] },
              { head: columns.why, cell: ({ why }) => untakenWorkText.reasons[why] },
              { head: columns.at, cell: ({ at }) => <Instant at={at} /> },
              { head: columns.count, cell: ({ count }) => count },
              {
                head: columns.lead,
                cell: ({ leadId }) => <Link to={`/leads/${leadId}`}>{untakenWorkText.viewLead}</Link>,
              },
              {
                head: columns.handled,
                cell: ({ deliveryId }) =>
                  canHandle && (
                    <Action
                      kind="second"
                      run={() => call(handleUntakenWork, { params: { deliveryId } })}
                      onDone={reload}
                    >
                      {untakenWorkText.markHandled}
                    </Action>
                  ),
              },
            ]}
          />
        )}
        {more}
      </section>
    </>
  )
}
