import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { searchLeads } from '#shared/contract/capture/lead-search.ts'
import type { leadRow } from '#shared/contract/operator.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field } from '../../app/components/field.tsx'
import { Table } from '../../app/components/table.tsx'
import { navigate } from '../../app/router.tsx'
import { useNames } from '../catalog/names.tsx'
import { createLeadColumns } from './lead-columns.tsx'

type Row = z.output<typeof leadRow>
type SearchState = { leads?: readonly Row[]; fault?: string }

/** Finds a person's leads. What was typed is sent and kept nowhere, not even in the address. */
export function FindLead() {
  const { call } = useApi()
  const careers = useNames('careers')
  const sources = useNames('sources')
  const [{ leads, fault }, setSearch] = useState<SearchState>({})
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const searchText = String(new FormData(event.currentTarget).get('who') ?? '').trim()
    const id = /\blead_[A-Za-z0-9_-]{22}/.exec(searchText)?.[0]
    if (id) return navigate(`/leads/${id}`)
    if (searchText === '') return setSearch({ fault: 'Write an e-mail address, a phone number or the id of a lead.' })
    const body = searchText.includes('@') ? { email: searchText } : { phone: searchText }
    const { problem, body: page } = await captureProblem(() => call(searchLeads, { body }))
    if (!problem) return setSearch({ leads: page?.leads ?? [] })
    setSearch({ fault: 'errors' in problem ? invalidContactMessage : (problem.detail ?? problem.title) })
  }
  return (
    <search class="card">
      <form class="filters" onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label="Find a person’s leads"
          name="who"
          placeholder="E-mail, phone or lead id"
          autocomplete="off"
          fault={fault}
        />
        <div class="actions">
          <button type="submit" class="button">
            Find
          </button>
          {leads && (
            <button type="button" class="plain" onClick={() => setSearch({})}>
              Clear
            </button>
          )}
        </div>
      </form>
      <div aria-live="polite">
        {leads && (
          <Table
            caption="Leads of this person, of any day"
            columns={createLeadColumns({ careers, sources })}
            rows={leads}
            getRowKey={({ leadId }) => leadId}
            emptyMessage="Nobody with this address or number has sent a lead. Try the other of the two: people mistype."
          />
        )}
      </div>
    </search>
  )
}

const invalidContactMessage = 'This is neither an e-mail address nor a phone number of ten digits.'
