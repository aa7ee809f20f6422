import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { searchLeads } from '#shared/contract/capture/lead-search.ts'
import type { leadRow } from '#shared/contract/capture/leads.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field } from '../../app/components/field.tsx'
import { Table } from '../../app/components/table.tsx'
import { navigate } from '../../app/router.tsx'
import { describeProblem } from '../../app/text/problem-text.ts'
import { useNames } from '../catalog/names.tsx'
import { leadsText } from '../text/capture-text.ts'
import { consoleText } from '../text/console-text.ts'
import { createLeadColumns } from './lead-columns.tsx'

type Row = z.output<typeof leadRow>
type SearchState = { leads?: readonly Row[]; fault?: string }

/** Finds the leads of a person. What is typed is not stored, not even in the address bar. */
export function FindLead() {
  const { call } = useApi()
  const careers = useNames('careers')
  const sources = useNames('sources')
  const [{ leads, fault }, setSearch] = useState<SearchState>({})
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const searchText = String(new FormData(event.currentTarget).get('search') ?? '').trim()
    const id = /\blead_[A-Za-z0-9_-]{22}/.exec(searchText)?.[0]
    if (id) return navigate(`/leads/${id}`)
    if (searchText === '') return setSearch({ fault: leadsText.searchRequired })
    const body = searchText.includes('@') ? { email: searchText } : { phone: searchText }
    const { problem, body: page } = await captureProblem(() => call(searchLeads, { body }))
    if (!problem) return setSearch({ leads: page?.leads ?? [] })
    setSearch({ fault: problem.errors ? consoleText.enterContact : describeProblem(problem) })
  }
  return (
    <search class="card">
      <form class="filters" onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label={leadsText.search}
          name="search"
          placeholder={leadsText.searchHint}
          autocomplete="off"
          fault={fault}
        />
        <div class="actions">
          <button type="submit" class="button">
            {leadsText.find}
          </button>
          {leads && (
            <button type="button" class="plain" onClick={() => setSearch({})}>
              {leadsText.clear}
            </button>
          )}
        </div>
      </form>
      <div aria-live="polite">
        {leads && (
          <Table
            caption={leadsText.found}
            columns={createLeadColumns({ careers, sources })}
            rows={leads}
            getRowKey={({ leadId }) => leadId}
            emptyMessage={leadsText.notFound}
          />
        )}
      </div>
    </search>
  )
}
