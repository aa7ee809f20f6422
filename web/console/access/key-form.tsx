import { useState } from 'preact/hooks'
import type * as z from 'zod'
import type { createKey } from '#shared/contract/access/keys.ts'
import { type Holder, scope, scopes } from '#shared/domain/access/access-key.ts'
import { captureProblem } from '../../app/browser-client.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { Secret } from '../../app/components/secret.tsx'
import { type Names, toChoices } from '../catalog/names.tsx'

type KeyInput = z.input<(typeof createKey)['body']>
type Props = {
  schoolId: string | undefined
  schools: Names
  sources: Names
  onCreate: (body: KeyInput) => Promise<{ body?: { key: string } | undefined; problem?: ProblemSummary | undefined }>
  onCreated: () => void
}
type ProblemSummary = { title: string; detail?: string | undefined }

const callers = [
  { value: 'operator', label: 'Staff' },
  { value: 'school', label: 'A school' },
  { value: 'source', label: 'The server of a source' },
]
const scopeLabels = { read: 'read only', admin: 'do everything', manage: 'read and manage', server: 'send leads' }

/** Makes a key, and shows it once. */
export function KeyForm({ schoolId, schools, sources, onCreate, onCreated }: Props) {
  const [caller, setCaller] = useState<Holder['caller']>(schoolId === undefined ? 'operator' : 'school')
  const [key, setKey] = useState<string>()
  const [fault, setFault] = useState<string>()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const formData = new FormData(event.currentTarget)
    const getText = (name: string) => String(formData.get(name) ?? '').trim()
    const holders: { [caller in Holder['caller']]: Holder } = {
      operator: { caller: 'operator' },
      school: { caller: 'school', schoolId: getText('holder') },
      source: { caller: 'source', sourceId: getText('holder') },
    }
    const { body, problem } = await captureProblem(() =>
      onCreate({ holder: holders[caller], scope: scope.parse(getText('scope')), name: getText('name') }),
    )
    setFault(problem && (getText('name') === '' ? 'Say what it is for.' : (problem.detail ?? problem.title)))
    setKey(body?.key)
    if (body) onCreated()
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
            choices={toChoices(caller === 'school' ? schools : sources)}
            {...(schoolId !== undefined && { value: schoolId })}
          />
        )}
        <Select
          key={`${caller} scope`}
          name="scope"
          label="May"
          choices={scopes[caller].map((value) => ({ value, label: scopeLabels[value] }))}
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
