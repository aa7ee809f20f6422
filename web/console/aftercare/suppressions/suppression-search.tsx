import { useState } from 'preact/hooks'
import { searchSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import type { Suppression } from '#shared/domain/aftercare/suppression.ts'
import { captureProblem, useApi } from '../../../app/browser-client.tsx'
import { Field } from '../../../app/components/field.tsx'
import { ProblemNote } from '../../../app/components/note.tsx'
import { Table } from '../../../app/components/table.tsx'
import type { ApiProblem } from '../../../app/text/problem-text.ts'
import { consoleText } from '../../text/console-text.ts'
import { privacyText, suppressionsText } from '../../text/privacy-text.ts'
import { createSuppressionColumns, type SuppressionNames } from './suppression-columns.tsx'
import { useLifted } from './use-lifted.ts'

/** Finds the suppressions of a person. What is entered is neither stored nor in the address. */
export function SuppressionSearch({ names }: { names: SuppressionNames }) {
  const { call } = useApi()
  const { addLifted, withLifted } = useLifted()
  const [results, setResults] = useState<readonly Suppression[]>()
  const [fault, setFault] = useState<string>()
  const [problem, setProblem] = useState<ApiProblem>()
  const search = async (form: HTMLFormElement) => {
    const contact = String(new FormData(form).get('contact') ?? '').trim()
    setResults(undefined)
    setFault(contact === '' ? consoleText.enterContact : undefined)
    if (contact === '') return
    const response = await captureProblem(() =>
      call(searchSuppressions, { body: contact.includes('@') ? { email: contact } : { phone: contact } }),
    )
    setResults(response.body?.suppressions)
    setFault(response.problem?.errors ? consoleText.enterContact : undefined)
    setProblem(response.problem?.errors ? undefined : response.problem)
  }
  return (
    <section class="card" aria-labelledby="search-suppressions">
      <h2 id="search-suppressions">{suppressionsText.search}</h2>
      <form
        class="filters"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (event.currentTarget instanceof HTMLFormElement) void search(event.currentTarget)
        }}
      >
        <Field
          label={privacyText.person}
          name="contact"
          help={suppressionsText.searchHelp}
          fault={fault}
          autocomplete="off"
        />
        <button type="submit" class="button">
          {suppressionsText.find}
        </button>
      </form>
      {problem && <ProblemNote problem={problem} />}
      {results && (
        <div role="status">
          <Table
            caption={suppressionsText.found}
            columns={createSuppressionColumns(names, addLifted)}
            rows={withLifted(results)}
            getRowKey={({ suppressionId }) => suppressionId}
            emptyMessage={suppressionsText.notFound}
          />
        </div>
      )}
    </section>
  )
}
