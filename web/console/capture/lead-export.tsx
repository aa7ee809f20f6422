import { useState } from 'preact/hooks'
import { exportLeads } from '#shared/contract/capture/lead-search.ts'
import { Action } from '../../app/action.tsx'
import { type BrowserClient, useApi } from '../../app/browser-client.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { formatNumber } from '../../app/components/format.tsx'
import { downloadFile } from '../download-file.ts'
import { type LeadFilterQuery, toExportFilter } from './parse-lead-filter.ts'

/** Takes the leads of a day, as they are filtered, home as a file for a spreadsheet. */
export function LeadExport({ day, filter }: { day: string; filter: LeadFilterQuery }) {
  const { call } = useApi()
  const [contacts, setContacts] = useState<'masked' | 'revealed'>('masked')
  const [purpose, setPurpose] = useState('')
  const [pages, setPages] = useState(0)
  const isRevealed = contacts === 'revealed'
  const missingPurpose = {
    problem: { title: 'The purpose is missing', detail: 'Say why you need people’s contact details.' },
  }
  return (
    <details class="card">
      <summary>Export as CSV</summary>
      <div class="filters">
        <Select
          label="Contacts"
          choices={[
            { value: 'masked', label: 'Masked' },
            { value: 'revealed', label: 'In full' },
          ]}
          value={contacts}
          onChange={(event) => setContacts(event.currentTarget.value === 'revealed' ? 'revealed' : 'masked')}
        />
        {isRevealed && (
          <Field
            label="What for?"
            help="It is noted with each lead, with the name of your key."
            value={purpose}
            maxLength={200}
            onInput={(event) => setPurpose(event.currentTarget.value)}
          />
        )}
        <Action
          kind="second"
          successMessage="The file is among your downloads."
          run={async () => {
            if (isRevealed && purpose.trim() === '') return missingPurpose
            const request = {
              day,
              filter: toExportFilter(filter),
              contacts,
              ...(isRevealed && { purpose: purpose.trim() }),
            }
            const { problem, text } = await exportAllPages(call, request, setPages)
            if (text !== undefined) downloadFile(text, `leads-${day}.csv`)
            return { problem }
          }}
        >
          Download CSV
        </Action>
      </div>
      {pages > 1 && <p role="status">{formatNumber(pages)} pages so far</p>}
    </details>
  )
}

type ExportRequest = {
  day: string
  filter: ReturnType<typeof toExportFilter>
  contacts: 'masked' | 'revealed'
  purpose?: string
}

async function exportAllPages(call: BrowserClient, request: ExportRequest, onPage: (pages: number) => void) {
  let text = ''
  let cursor: string | undefined
  for (let pages = 1; ; pages++) {
    const response = await call(exportLeads, { body: { ...request, ...(cursor !== undefined && { cursor }) } })
    if (response.problem) return { problem: response.problem }
    text += response.text
    onPage(pages)
    cursor = response.headers.get('x-next-cursor') ?? undefined
    if (cursor === undefined) return { text }
  }
}
