import { useEffect, useState } from 'preact/hooks'
import { Note } from '../../app/components/note.tsx'
import { type Column, Table } from '../../app/components/table.tsx'
import { postingText, publisherText } from '../text/publisher-text.ts'
import { buildCurlCommands } from './build-curl.ts'
import { listFields, type OpenapiDocument, type PostedField } from './list-fields.ts'
import { TestLead } from './test-lead.tsx'

/** How to send leads from a server: both requests, the rules of consent, each field, and a form that sends a test. */
export function Posting() {
  const commands = buildCurlCommands(location.origin)
  return (
    <>
      <h1>{publisherText.nav.posting}</h1>
      <p>{postingText.intro}</p>
      <section class="card" aria-labelledby="steps">
        <h2 id="steps">{postingText.steps}</h2>
        <p>{postingText.match}</p>
        <pre>{commands.match}</pre>
        <p>{postingText.send}</p>
        <pre>{commands.lead}</pre>
      </section>
      <section class="card" aria-labelledby="consent">
        <h2 id="consent">{postingText.consentTitle}</h2>
        <ul>
          {postingText.consent.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </section>
      <TestLead />
      <Fields />
    </>
  )
}

function Fields() {
  const [fields, setFields] = useState<readonly PostedField[] | 'unavailable'>()
  useEffect(() => {
    fetch('/openapi.json')
      .then((response) => response.json())
      .then((document: OpenapiDocument) => setFields(listFields(document, 'LeadRequest')))
      .catch(() => setFields('unavailable'))
  }, [])
  return (
    <section class="card" aria-labelledby="fields">
      <h2 id="fields">{postingText.fields}</h2>
      {fields === 'unavailable' ? (
        <Note kind="bad">{postingText.unavailable}</Note>
      ) : (
        <Table
          caption={postingText.fieldsCaption}
          rows={fields ?? []}
          getRowKey={({ name }) => name}
          emptyMessage={postingText.loading}
          columns={columns}
        />
      )}
    </section>
  )
}

const columns: readonly Column<PostedField>[] = [
  { head: postingText.columns.name, kind: 'title', cell: ({ name }) => <code>{name}</code> },
  { head: postingText.columns.type, cell: ({ type }) => type },
  {
    head: postingText.columns.required,
    cell: ({ isRequired }) => (isRequired ? postingText.required : postingText.optional),
  },
  { head: postingText.columns.description, cell: ({ description }) => description },
]
