import './record-page.css'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { Action } from '../../app/action.tsx'
import { Instant } from '../../app/components/format.tsx'
import { Note } from '../../app/components/note.tsx'
import { Link, navigate } from '../../app/router.tsx'
import { EditorContext } from './editor-context.ts'
import { IdField } from './fields/id-field.tsx'
import { toObject, toText } from './fields/json.ts'
import { ObjectFields } from './fields/nested-fields.tsx'
import { useNames } from './names.tsx'
import { RecordAside } from './record-aside.tsx'
import { getRecordTitle, recordForms, slugify } from './record-forms.ts'
import { getRecordSchema, listProperties } from './record-schema.ts'
import { SaveFaults } from './save-faults.tsx'
import { useRecord } from './use-record.ts'

type Props = { kind: RecordKind; id?: string }

/** One record with all its fields. What is saved holds at once: for the very next visitor. */
export function RecordPage({ kind, id }: Props) {
  const { singular, plural, sections: knownSections, titleField } = recordForms[kind]
  const { root, resolve } = useMemo(() => getRecordSchema(kind), [kind])
  const { editing, change, save, refuse: addError, remove, load } = useRecord(kind, id, {})
  const [chosenId, setChosenId] = useState<string>()
  const { draft, record, problem, state, secret } = editing
  const newId = chosenId ?? slugify(toText(draft[titleField]))
  const schoolId = typeof draft.schoolId === 'string' ? draft.schoolId : undefined
  useUnsavedWarning(state === 'changed')
  const names = {
    schools: useNames('schools'),
    programs: useNames('programs', schoolId),
    campaigns: useNames('campaigns'),
    careers: useNames('careers'),
  }
  const unplacedProperties = listProperties(root).filter(
    ([name]) => !knownSections.some(({ names }) => names.includes(name)),
  )
  const allSections =
    unplacedProperties.length > 0
      ? [...knownSections, { title: 'More', names: unplacedProperties.map(([name]) => name) }]
      : knownSections
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (state === 'saving') return
    if (id === undefined && newId === '')
      return addError({
        pointer: '{id}',
        code: 'required',
        detail: `is required: it is made from the ${titleField}, or chosen`,
      })
    const isSaved = await save(id ?? newId)
    if (isSaved && id === undefined) navigate(`/${kind}/${encodeURIComponent(newId)}`)
  }

  if (state === 'loading')
    return problem ? (
      <Note kind="bad">
        <strong>{problem.title}.</strong> {problem.detail} <Link to={`/${kind}`}>All {plural.toLowerCase()}</Link>
      </Note>
    ) : (
      <p role="status">Loading …</p>
    )
  return (
    <>
      <p>
        <Link to={`/${kind}`}>All {plural.toLowerCase()}</Link>
      </p>
      <div class="head">
        <h1>{record ? getRecordTitle(kind, record.id, record.body) : `New ${singular}`}</h1>
        {record && (
          <span class="help">
            <span class="id">{record.id}</span>, version {record.version}, <Instant at={record.updatedAt} />
          </span>
        )}
      </div>
      <EditorContext.Provider value={{ resolve, errors: problem?.errors ?? [], names }}>
        <div class="editing">
          <form onSubmit={(event) => void submit(event)} noValidate>
            {id === undefined && <IdField singular={singular} id={newId} change={setChosenId} />}
            {allSections.map(({ title, help, names }) => (
              <section key={title} class="card">
                <h2>{title}</h2>
                {help && <p class="help">{help}</p>}
                <ObjectFields
                  schema={root}
                  pointer=""
                  value={draft}
                  change={(next) => change(toObject(next))}
                  names={names}
                />
              </section>
            ))}
            <div class="save">
              <SaveFaults problem={problem} reload={() => void load()} />
              {state === 'saved' && <Note kind="good">Saved. It holds from now on.</Note>}
              <div class="actions">
                <button type="submit" class="button" aria-disabled={state === 'saving'}>
                  Save {singular}
                </button>
                {state === 'changed' && <span role="status">Not saved yet.</span>}
              </div>
            </div>
          </form>
          {record && <RecordAside kind={kind} record={record} draft={draft} secret={secret} />}
        </div>
      </EditorContext.Provider>
      {record && (
        <Action
          kind="danger"
          run={remove}
          onDone={() => navigate(`/${kind}`)}
          confirmation={{
            title: `Delete this ${singular}?`,
            text: <p>It cannot be brought back. What other records still need is not deleted.</p>,
            confirmLabel: `Delete ${singular}`,
          }}
        >
          Delete {singular} …
        </Action>
      )}
    </>
  )
}

/** Asks whoever leaves with something unsaved. */
function useUnsavedWarning(isUnsaved: boolean) {
  useEffect(() => {
    if (!isUnsaved) return
    const confirmLeave = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', confirmLeave)
    return () => removeEventListener('beforeunload', confirmLeave)
  }, [isUnsaved])
}
