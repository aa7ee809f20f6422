import { useState } from 'preact/hooks'
import { exportLeads } from '#shared/contract/capture/lead-search.ts'
import { Action } from '../../app/action.tsx'
import { type Call, useApi } from '../../app/api.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { number } from '../../app/components/words.tsx'
import { save } from '../save.ts'
import { type Asked, exported } from './lead-filter.ts'

/** Takes the leads of a day, as they are filtered, home as a file for a spreadsheet. */
export function LeadExport({ day, filter }: { day: string; filter: Asked }) {
  const { call } = useApi()
  const [contacts, setContacts] = useState<'masked' | 'revealed'>('masked')
  const [purpose, setPurpose] = useState('')
  const [pages, setPages] = useState(0)
  const isRevealed = contacts === 'revealed'
  const missing = { problem: { title: 'The purpose is missing', detail: 'Say why you need people’s contact details.' } }
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
          said="The file is among your downloads."
          run={async () => {
            if (isRevealed && purpose.trim() === '') return missing
            const asked = { day, filter: exported(filter), contacts, ...(isRevealed && { purpose: purpose.trim() }) }
            const { problem, text } = await allPages(call, asked, setPages)
            if (text !== undefined) save(text, `leads-${day}.csv`)
            return { problem }
          }}
        >
          Download CSV
        </Action>
      </div>
      {pages > 1 && <p role="status">{number(pages)} pages so far</p>}
    </details>
  )
}

type Export = { day: string; filter: ReturnType<typeof exported>; contacts: 'masked' | 'revealed'; purpose?: string }

async function allPages(call: Call, asked: Export, tell: (pages: number) => void) {
  let text = ''
  let cursor: string | undefined
  for (let pages = 1; ; pages++) {
    const answer = await call(exportLeads, { body: { ...asked, ...(cursor !== undefined && { cursor }) } })
    if (answer.problem) return { problem: answer.problem }
    text += answer.text
    tell(pages)
    cursor = answer.headers.get('x-next-cursor') ?? undefined
    if (cursor === undefined) return { text }
  }
}
