import { useState } from 'preact/hooks'
import { importSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import { type ContactList, contactList } from '#shared/domain/aftercare/suppression.ts'
import { useApi } from '../../../app/browser-client.tsx'
import { CsvImport } from '../../../app/components/csv-import/csv-import.tsx'
import { Field, Select } from '../../../app/components/field.tsx'
import { Allowed } from '../../../app/people/allowed.tsx'
import { listLabels, suppressionsText } from '../../text/privacy-text.ts'

/** Suppresses the people of a CSV file. */
export function SuppressionImport({ onImported }: { onImported: () => void }) {
  const { call } = useApi()
  const [reason, setReason] = useState('')
  const [list, setList] = useState<ContactList>()
  const [fault, setFault] = useState<string>()
  const validate = () => {
    const isMissing = reason.trim() === ''
    setFault(isMissing ? suppressionsText.importReasonRequired : undefined)
    return !isMissing
  }
  return (
    <details class="card">
      <summary>{suppressionsText.importTitle}</summary>
      <Allowed to={importSuppressions}>
        <CsvImport
          sendPart={(csv) => call(importSuppressions, { body: { csv, reason: reason.trim(), ...(list && { list }) } })}
          validate={validate}
          onDone={onImported}
        >
          <Select
            label={suppressionsText.importList}
            help={suppressionsText.importListHelp}
            choices={[
              { value: '', label: suppressionsText.noList },
              ...contactList.options.map((value) => ({ value, label: listLabels[value] })),
            ]}
            value={list ?? ''}
            onChange={({ currentTarget }) => setList(contactList.safeParse(currentTarget.value).data)}
          />
          <Field
            label={suppressionsText.importReason}
            help={suppressionsText.importReasonHelp}
            fault={fault}
            value={reason}
            maxLength={500}
            autocomplete="off"
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </CsvImport>
      </Allowed>
    </details>
  )
}
