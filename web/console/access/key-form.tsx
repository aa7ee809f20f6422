import { useState } from 'preact/hooks'
import type * as z from 'zod'
import type { createKey } from '#shared/contract/access/keys.ts'
import { type Holder, scope, scopes } from '#shared/domain/access/access-key.ts'
import { captureProblem } from '../../app/browser-client.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { Secret } from '../../app/components/secret.tsx'
import { type ApiProblem, describeProblem } from '../../app/text/problem-text.ts'
import { type Names, toChoices } from '../catalog/names.tsx'
import { newKeyText } from '../text/access-text.ts'

type KeyInput = z.input<(typeof createKey)['body']>
type Props = {
  schoolId: string | undefined
  schools: Names
  sources: Names
  onCreate: (body: KeyInput) => Promise<{ body?: { key: string } | undefined; problem?: ApiProblem | undefined }>
  onCreated: () => void
}

const callerChoices = Object.entries(newKeyText.owners).map(([value, label]) => ({ value, label }))

/** Creates a key and shows it once. */
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
    setFault(problem && describeKeyProblem(problem, getText('name')))
    setKey(body?.key)
    if (body) onCreated()
  }
  return (
    <form class="card" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{newKeyText.title}</h2>
      <div class="pair">
        <Select
          label={newKeyText.owner}
          choices={callerChoices}
          value={caller}
          onChange={({ currentTarget: { value } }) =>
            (value === 'operator' || value === 'school' || value === 'source') && setCaller(value)
          }
        />
        {caller !== 'operator' && (
          <Select
            key={caller}
            name="holder"
            label={caller === 'school' ? newKeyText.school : newKeyText.source}
            choices={toChoices(caller === 'school' ? schools : sources)}
            {...(schoolId !== undefined && { value: schoolId })}
          />
        )}
        <Select
          key={`${caller} scope`}
          name="scope"
          label={newKeyText.permission}
          choices={scopes[caller].map((value) => ({ value, label: newKeyText.permissions[value] }))}
        />
        <Field name="name" label={newKeyText.name} help={newKeyText.nameHelp} fault={fault} autocomplete="off" />
      </div>
      <button type="submit" class="button">
        {newKeyText.submit}
      </button>
      {key && <Secret value={key}>{newKeyText.storeSafely}</Secret>}
    </form>
  )
}

function describeKeyProblem(problem: ApiProblem, name: string): string {
  if (name === '') return newKeyText.enterName
  return problem.errors?.some(({ pointer }) => pointer === '/name') ? newKeyText.invalidName : describeProblem(problem)
}
