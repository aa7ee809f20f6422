import { useState } from 'preact/hooks'
import { revealLead } from '#shared/contract/aftercare/reveals.ts'
import { exportLeads } from '#shared/contract/capture/lead-search.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { downloadFile } from '../../app/download-file.ts'
import { fetchCsvPages } from '../../app/fetch-csv-pages.ts'
import { formatNumber } from '../../app/format.ts'
import { useIsAllowed } from '../../app/people/allowed.tsx'
import { getTimeZone } from '../../app/time-zone.ts'
import { exportText } from '../text/capture-text.ts'
import { consoleText } from '../text/console-text.ts'
import { type LeadFilterQuery, toExportFilter } from './parse-lead-filter.ts'

/** Downloads the filtered leads of a day as CSV. */
export function LeadExport({ day, filter }: { day: string; filter: LeadFilterQuery }) {
  const { call } = useApi()
  const canReveal = useIsAllowed(revealLead)
  const [contacts, setContacts] = useState<'masked' | 'revealed'>('masked')
  const [purpose, setPurpose] = useState('')
  const [fault, setFault] = useState<string>()
  const [pages, setPages] = useState(0)
  const [isDownloaded, setDownloaded] = useState(false)
  const isRevealed = contacts === 'revealed'
  return (
    <details class="card">
      <summary>{exportText.title}</summary>
      <div class="filters">
        <Select
          label={exportText.contacts}
          choices={[
            { value: 'masked', label: exportText.masked },
            ...(canReveal ? [{ value: 'revealed' as const, label: exportText.revealed }] : []),
          ]}
          value={contacts}
          onChange={(event) => setContacts(event.currentTarget.value === 'revealed' ? 'revealed' : 'masked')}
        />
        {isRevealed && (
          <Field
            label={exportText.purpose}
            help={exportText.purposeHelp}
            fault={fault}
            value={purpose}
            maxLength={200}
            onInput={(event) => setPurpose(event.currentTarget.value)}
          />
        )}
        <Action
          kind="second"
          run={async () => {
            const isPurposeMissing = isRevealed && purpose.trim() === ''
            setFault(isPurposeMissing ? exportText.purposeRequired : undefined)
            setDownloaded(false)
            if (isPurposeMissing) return {}
            const request = {
              day,
              timeZone: getTimeZone(),
              filter: toExportFilter(filter),
              contacts,
              ...(isRevealed && { purpose: purpose.trim() }),
            }
            const { problem, text } = await fetchCsvPages(
              (cursor) => call(exportLeads, { body: { ...request, ...cursor } }),
              setPages,
            )
            if (text === undefined) return { problem }
            downloadFile(text, `leads-${day}.csv`)
            setDownloaded(true)
            return {}
          }}
        >
          {consoleText.downloadCsv}
        </Action>
        {isDownloaded && <Note kind="good">{consoleText.downloaded}</Note>}
      </div>
      {pages > 1 && <p role="status">{exportText.pages(formatNumber(pages))}</p>}
    </details>
  )
}
