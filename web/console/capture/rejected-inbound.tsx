import { handleRejectedInbound, listRejectedInbound } from '#shared/contract/capture/inbound.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Table } from '../../app/components/table.tsx'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { RoleNote, useIsAllowed } from '../../app/people/allowed.tsx'
import { Link } from '../../app/router.tsx'
import { rejectedInboundText as text } from '../text/capture-text.ts'

/** Leads of lead forms that could not be taken, latest first. */
export function RejectedInboundList() {
  const { call } = useApi()
  const { rows, more, note, reload } = usePages(
    [],
    (callPage, page) => callPage(listRejectedInbound, { query: page }),
    ({ body }) => body.rejected,
  )
  const canHandle = useIsAllowed(handleRejectedInbound)
  return (
    <>
      <h1>{text.title}</h1>
      <p>{text.intro}</p>
      <RoleNote needs={handleRejectedInbound} />
      <section class="card" aria-label={text.title} aria-live="polite">
        {note ?? (
          <Table
            caption={text.caption}
            rows={rows}
            getRowKey={({ inboundId }) => inboundId}
            emptyMessage={text.empty}
            columns={[
              {
                head: text.columns.source,
                cell: ({ sourceId }) => <Link to={`/sources/${sourceId}`}>{sourceId}</Link>,
              },
              { head: text.columns.form, cell: ({ vendor, formId }) => `${vendor} ${formId}` },
              { head: text.columns.lead, cell: ({ vendorLeadId }) => vendorLeadId },
              {
                head: text.columns.why,
                cell: ({ code, errors, test }) =>
                  [...(test ? [text.test] : []), code, ...errors.map(({ pointer }) => pointer)].join(', '),
              },
              { head: text.columns.at, cell: ({ at }) => <Instant at={at} /> },
              {
                head: text.columns.handled,
                cell: ({ inboundId }) =>
                  canHandle && (
                    <Action
                      kind="second"
                      run={() => call(handleRejectedInbound, { params: { inboundId } })}
                      onDone={reload}
                    >
                      {text.markHandled}
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
