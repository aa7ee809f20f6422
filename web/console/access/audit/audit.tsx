import { useState } from 'preact/hooks'
import { exportAudit, listAudit } from '#shared/contract/access/audit.ts'
import { Action } from '../../../app/action.tsx'
import { useApi } from '../../../app/browser-client.tsx'
import { Table } from '../../../app/components/table.tsx'
import { downloadFile } from '../../../app/download-file.ts'
import { fetchCsvPages } from '../../../app/fetch-csv-pages.ts'
import { formatNumber } from '../../../app/format.ts'
import { fetchUntilNonEmpty } from '../../../app/hooks/fetch-until-non-empty.ts'
import { usePages } from '../../../app/hooks/use-pages.tsx'
import { useQuery } from '../../../app/router.tsx'
import { useNames } from '../../catalog/names.tsx'
import { auditText } from '../../text/audit-text.ts'
import { consoleText } from '../../text/console-text.ts'
import { createAuditColumns } from './audit-columns.tsx'
import { AuditFilters, parseAuditFilter } from './audit-filters.tsx'

/** Every change with its actor, time and record, newest first, with filters. */
export function Audit() {
  const { call } = useApi()
  const [query, change] = useQuery()
  const [pages, setPages] = useState(0)
  const filter = parseAuditFilter(query)
  const isFiltered = Object.keys(filter).length > 0
  const names = {
    schools: useNames('schools'),
    programs: useNames('programs'),
    campaigns: useNames('campaigns'),
    careers: useNames('careers'),
    sources: useNames('sources'),
  }
  const { rows, more, note } = usePages(
    [filter],
    (_, page) =>
      fetchUntilNonEmpty(
        (cursor) => call(listAudit, { query: { ...page, ...cursor, ...filter } }),
        ({ entries }) => entries,
      ),
    ({ body }) => body.entries,
  )
  const download = async () => {
    const { problem, text } = await fetchCsvPages(
      (cursor) => call(exportAudit, { query: { ...filter, ...cursor } }),
      setPages,
    )
    if (text !== undefined) downloadFile(text, 'audit.csv')
    return { problem }
  }
  return (
    <>
      <h1>{auditText.title}</h1>
      <p>{auditText.intro}</p>
      <AuditFilters query={query} change={change} isFiltered={isFiltered} />
      <div class="card" aria-live="polite">
        {note ?? (
          <Table
            caption={auditText.caption}
            columns={createAuditColumns(names)}
            rows={rows}
            getRowKey={({ entryId }) => entryId}
            emptyMessage={more ? auditText.noneYet : isFiltered ? auditText.noMatch : auditText.none}
          />
        )}
        {more}
      </div>
      {pages > 1 && <p role="status">{auditText.pages(formatNumber(pages))}</p>}
      <Action key={query.toString()} kind="second" run={download} successMessage={consoleText.downloaded}>
        {consoleText.downloadCsv}
      </Action>
    </>
  )
}
