import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { searchLeads } from '#shared/contract/capture/lead-search.ts'
import type { leadRow } from '#shared/contract/operator.ts'
import { outcomeOf, useApi } from '../../app/api.tsx'
import { Field } from '../../app/components/field.tsx'
import { Table } from '../../app/components/table.tsx'
import { go } from '../../app/place.tsx'
import { useNames } from '../catalog/names.tsx'
import { leadColumns } from './lead-columns.tsx'

type Row = z.output<typeof leadRow>
type Found = { leads?: readonly Row[]; fault?: string }

/** Finds a person's leads. What was typed is sent and kept nowhere, not even in the address. */
export function FindLead() {
  const { call } = useApi()
  const careers = useNames('careers')
  const sources = useNames('sources')
  const [{ leads, fault }, setFound] = useState<Found>({})
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const who = String(new FormData(event.currentTarget).get('who') ?? '').trim()
    const id = /\blead_[A-Za-z0-9_-]{22}/.exec(who)?.[0]
    if (id) return go(`/leads/${id}`)
    if (who === '') return setFound({ fault: 'Write an e-mail address, a phone number or the id of a lead.' })
    const body = who.includes('@') ? { email: who } : { phone: who }
    const { problem, body: told } = await outcomeOf(() => call(searchLeads, { body }))
    if (!problem) return setFound({ leads: told?.leads ?? [] })
    setFound({ fault: 'errors' in problem ? notAnyone : (problem.detail ?? problem.title) })
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
            <button type="button" class="plain" onClick={() => setFound({})}>
              Clear
            </button>
          )}
        </div>
      </form>
      <div aria-live="polite">
        {leads && (
          <Table
            caption="Leads of this person, of any day"
            columns={leadColumns({ careers, sources })}
            rows={leads}
            keyOf={({ leadId }) => leadId}
            empty="Nobody with this address or number has sent a lead. Try the other of the two: people mistype."
          />
        )}
      </div>
    </search>
  )
}

const notAnyone = 'This is neither an e-mail address nor a phone number of ten digits.'
