import { useState } from 'preact/hooks'
import type * as z from 'zod'
import type { createKey } from '#shared/contract/access/keys.ts'
import { type Holder, scope, scopes } from '#shared/domain/access/access-key.ts'
import { outcomeOf } from '../../app/api.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { Secret } from '../../app/components/secret.tsx'
import { choicesOf, type Names } from '../catalog/names.tsx'

type Asked = z.input<(typeof createKey)['body']>
type Props = {
  schoolId: string | undefined
  schools: Names
  sources: Names
  make: (body: Asked) => Promise<{ body?: { key: string } | undefined; problem?: Told | undefined }>
  made: () => void
}
type Told = { title: string; detail?: string | undefined }

const callers = [
  { value: 'operator', label: 'Staff' },
  { value: 'school', label: 'A school' },
  { value: 'source', label: 'The server of a source' },
]
const scopeWords = { read: 'read only', admin: 'do everything', manage: 'read and manage', server: 'send leads' }

/** Makes a key, and shows it once. */
export function KeyForm({ schoolId, schools, sources, make, made }: Props) {
  const [caller, setCaller] = useState<Holder['caller']>(schoolId === undefined ? 'operator' : 'school')
  const [key, setKey] = useState<string>()
  const [fault, setFault] = useState<string>()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const filled = new FormData(event.currentTarget)
    const said = (name: string) => String(filled.get(name) ?? '').trim()
    const holders: { [caller in Holder['caller']]: Holder } = {
      operator: { caller: 'operator' },
      school: { caller: 'school', schoolId: said('holder') },
      source: { caller: 'source', sourceId: said('holder') },
    }
    const { body, problem } = await outcomeOf(() =>
      make({ holder: holders[caller], scope: scope.parse(said('scope')), name: said('name') }),
    )
    setFault(problem && (said('name') === '' ? 'Say what it is for.' : (problem.detail ?? problem.title)))
    setKey(body?.key)
    if (body) made()
  }
  return (
    <form class="card" onSubmit={(event) => void submit(event)} noValidate>
      <h2>New key</h2>
      <div class="pair">
        <Select
          label="For"
          choices={callers}
          value={caller}
          onChange={({ currentTarget: { value } }) =>
            (value === 'operator' || value === 'school' || value === 'source') && setCaller(value)
          }
        />
        {caller !== 'operator' && (
          <Select
            key={caller}
            name="holder"
            label={caller === 'school' ? 'School' : 'Source'}
            choices={choicesOf(caller === 'school' ? schools : sources)}
            {...(schoolId !== undefined && { value: schoolId })}
          />
        )}
        <Select
          key={`${caller} scope`}
          name="scope"
          label="May"
          choices={scopes[caller].map((value) => ({ value, label: scopeWords[value] }))}
        />
        <Field
          name="name"
          label="What it is for"
          help="The same name again is its successor: two live side by side."
          fault={fault}
          autocomplete="off"
        />
      </div>
      <button type="submit" class="button">
        Make a key
      </button>
      {key && <Secret value={key}>Keep it where only who needs it sees it.</Secret>}
    </form>
  )
}
