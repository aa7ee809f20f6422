import { liftSuppression, listSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import { Table } from '../../../app/components/table.tsx'
import { usePages } from '../../../app/hooks/use-pages.tsx'
import { RoleNote } from '../../../app/people/allowed.tsx'
import { useNames } from '../../catalog/names.tsx'
import { suppressionsText } from '../../text/privacy-text.ts'
import { PrivacyTabs } from '../privacy-tabs.tsx'
import { createSuppressionColumns } from './suppression-columns.tsx'
import { SuppressionExport } from './suppression-export.tsx'
import { SuppressionImport } from './suppression-import.tsx'
import { SuppressionSearch } from './suppression-search.tsx'
import { useLifted } from './use-lifted.ts'

/** All suppressions, newest first; find a person, lift, import and export. */
export function Suppressions() {
  const names = { schools: useNames('schools'), sources: useNames('sources') }
  const { addLifted, withLifted } = useLifted()
  const { rows, more, note, reload } = usePages(
    [],
    (call, page) => call(listSuppressions, { query: page }),
    ({ body }) => body.suppressions,
  )
  return (
    <>
      <h1>{suppressionsText.title}</h1>
      <PrivacyTabs current="/suppressions" />
      <p>{suppressionsText.intro}</p>
      <RoleNote needs={liftSuppression} />
      <SuppressionSearch names={names} />
      <div class="card">
        {note ?? (
          <Table
            caption={suppressionsText.caption}
            columns={createSuppressionColumns(names, addLifted)}
            rows={withLifted(rows)}
            getRowKey={({ suppressionId }) => suppressionId}
            emptyMessage={suppressionsText.empty}
          />
        )}
        {more}
      </div>
      <SuppressionImport onImported={reload} />
      <SuppressionExport />
    </>
  )
}
