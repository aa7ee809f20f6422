import { useState } from 'preact/hooks'
import { exportSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import { Action } from '../../../app/action.tsx'
import { useApi } from '../../../app/browser-client.tsx'
import { Field, Select } from '../../../app/components/field.tsx'
import { Note } from '../../../app/components/note.tsx'
import { downloadFile } from '../../../app/download-file.ts'
import { fetchCsvPages } from '../../../app/fetch-csv-pages.ts'
import { formatNumber } from '../../../app/format.ts'
import { Allowed } from '../../../app/people/allowed.tsx'
import { consoleText } from '../../text/console-text.ts'
import { suppressionsText } from '../../text/privacy-text.ts'

const formats = [
  { value: 'sha256', label: suppressionsText.formats.sha256 },
  { value: 'plain', label: suppressionsText.formats.plain },
]

/** Downloads the suppressions in effect, hashed, or in plain text for a purpose. */
export function SuppressionExport() {
  const { call } = useApi()
  const [format, setFormat] = useState<'sha256' | 'plain'>('sha256')
  const [purpose, setPurpose] = useState('')
  const [fault, setFault] = useState<string>()
  const [pages, setPages] = useState(0)
  const [isDownloaded, setDownloaded] = useState(false)
  const download = async () => {
    const isPurposeMissing = format === 'plain' && purpose.trim() === ''
    setFault(isPurposeMissing ? suppressionsText.purposeRequired : undefined)
    setDownloaded(false)
    if (isPurposeMissing) return {}
    const body = { format, ...(format === 'plain' && { purpose: purpose.trim() }) }
    const { problem, text } = await fetchCsvPages(
      (cursor) => call(exportSuppressions, { body: { ...body, ...cursor } }),
      setPages,
    )
    if (text === undefined) return { problem }
    downloadFile(text, `suppressions-${format}.csv`)
    setDownloaded(true)
    return {}
  }
  return (
    <details class="card">
      <summary>{suppressionsText.exportTitle}</summary>
      <p class="help">{suppressionsText.exportHelp}</p>
      <div class="filters">
        <Select
          label={suppressionsText.format}
          choices={formats}
          value={format}
          onChange={({ currentTarget }) => setFormat(currentTarget.value === 'plain' ? 'plain' : 'sha256')}
        />
        {format === 'plain' && (
          <Field
            label={suppressionsText.purpose}
            help={suppressionsText.purposeHelp}
            fault={fault}
            value={purpose}
            maxLength={500}
            autocomplete="off"
            onInput={({ currentTarget }) => setPurpose(currentTarget.value)}
          />
        )}
        <Allowed to={exportSuppressions}>
          <Action kind="second" run={download}>
            {consoleText.downloadCsv}
          </Action>
        </Allowed>
      </div>
      {isDownloaded && <Note kind="good">{consoleText.downloaded}</Note>}
      {pages > 1 && <p role="status">{suppressionsText.pages(formatNumber(pages))}</p>}
    </details>
  )
}
