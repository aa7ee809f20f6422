import './record-page.css'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { Action } from '../../app/action.tsx'
import { Note } from '../../app/components/note.tsx'
import { Instant } from '../../app/components/words.tsx'
import { go, Link } from '../../app/place.tsx'
import { EditorContext } from './editor-context.ts'
import { IdField } from './fields/id-field.tsx'
import { membersOf, textOf } from './fields/json.ts'
import { Members } from './fields/nested-fields.tsx'
import { useNames } from './names.tsx'
import { RecordAside } from './record-aside.tsx'
import { calledOf, idFrom, recordEditing } from './record-kinds.ts'
import { partsOf, schemaOf } from './record-schema.ts'
import { SaveFaults } from './save-faults.tsx'
import { useRecord } from './use-record.ts'

type Props = { kind: RecordKind; id?: string }

/** One record with all its fields. What is saved holds at once: for the very next visitor. */
export function RecordPage({ kind, id }: Props) {
  const { one, many, parts, called } = recordEditing[kind]
  const { root, resolve } = useMemo(() => schemaOf(kind), [kind])
  const { editing, change, save, refuse, remove, load } = useRecord(kind, id, {})
  const [chosenId, setChosenId] = useState<string>()
  const { draft, kept, problem, state, secret } = editing
  const newId = chosenId ?? idFrom(textOf(draft[called]))
  const schoolId = typeof draft.schoolId === 'string' ? draft.schoolId : undefined
  useUnsaved(state === 'changed')
  const named = {
    schools: useNames('schools'),
    programs: useNames('programs', schoolId),
    campaigns: useNames('campaigns'),
    careers: useNames('careers'),
  }
  const rest = partsOf(root).filter(([name]) => !parts.some(({ names }) => names.includes(name)))
  const sections = rest.length > 0 ? [...parts, { title: 'More', names: rest.map(([name]) => name) }] : parts
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (state === 'saving') return
    if (id === undefined && newId === '')
      return refuse({
        pointer: '{id}',
        code: 'required',
        detail: `is required: it is made from the ${called}, or chosen`,
      })
    const isSaved = await save(id ?? newId)
    if (isSaved && id === undefined) go(`/${kind}/${encodeURIComponent(newId)}`)
  }

  if (state === 'loading')
    return problem ? (
      <Note kind="bad">
        <strong>{problem.title}.</strong> {problem.detail} <Link to={`/${kind}`}>All {many.toLowerCase()}</Link>
      </Note>
    ) : (
      <p role="status">Loading …</p>
    )
  return (
    <>
      <p>
        <Link to={`/${kind}`}>All {many.toLowerCase()}</Link>
      </p>
      <div class="head">
        <h1>{kept ? calledOf(kind, kept.id, kept.body) : `New ${one}`}</h1>
        {kept && (
          <span class="help">
            <span class="id">{kept.id}</span>, version {kept.version}, <Instant at={kept.updatedAt} />
          </span>
        )}
      </div>
      <EditorContext.Provider value={{ resolve, errors: problem?.errors ?? [], named }}>
        <div class="editing">
          <form onSubmit={(event) => void submit(event)} noValidate>
            {id === undefined && <IdField one={one} id={newId} change={setChosenId} />}
            {sections.map(({ title, help, names }) => (
              <section key={title} class="card">
                <h2>{title}</h2>
                {help && <p class="help">{help}</p>}
                <Members
                  schema={root}
                  pointer=""
                  value={draft}
                  change={(next) => change(membersOf(next))}
                  names={names}
                />
              </section>
            ))}
            <div class="save">
              <SaveFaults problem={problem} reload={() => void load()} />
              {state === 'saved' && <Note kind="good">Saved. It holds from now on.</Note>}
              <div class="actions">
                <button type="submit" class="button" aria-disabled={state === 'saving'}>
                  Save {one}
                </button>
                {state === 'changed' && <span role="status">Not saved yet.</span>}
              </div>
            </div>
          </form>
          {kept && <RecordAside kind={kind} kept={kept} draft={draft} secret={secret} />}
        </div>
      </EditorContext.Provider>
      {kept && (
        <Action
          kind="danger"
          run={remove}
          done={() => go(`/${kind}`)}
          sure={{
            title: `Delete this ${one}?`,
            text: <p>It cannot be brought back. What other records still need is not deleted.</p>,
            yes: `Delete ${one}`,
          }}
        >
          Delete {one} …
        </Action>
      )}
    </>
  )
}

/** Asks whoever leaves with something unsaved. */
function useUnsaved(isUnsaved: boolean) {
  useEffect(() => {
    if (!isUnsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isUnsaved])
}
