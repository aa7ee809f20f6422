import { useState } from 'preact/hooks'
import { importSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import { useApi } from '../../../app/browser-client.tsx'
import { CsvImport } from '../../../app/components/csv-import/csv-import.tsx'
import { Field } from '../../../app/components/field.tsx'
import { suppressionsText } from '../../text/privacy-text.ts'

/** Suppresses the people of a CSV file. */
export function SuppressionImport({ onImported }: { onImported: () => void }) {
  const { call } = useApi()
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<string>()
  const validate = () => {
    const isMissing = reason.trim() === ''
    setFault(isMissing ? suppressionsText.importReasonRequired : undefined)
    return !isMissing
  }
  return (
    <details class="card">
      <summary>{suppressionsText.importTitle}</summary>
      <CsvImport
        sendPart={(csv) => call(importSuppressions, { body: { csv, reason: reason.trim() } })}
        validate={validate}
        onDone={onImported}
      >
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
    </details>
  )
}
