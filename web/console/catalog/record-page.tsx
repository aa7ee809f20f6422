import './record-page.css'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { Action } from '../../app/action.tsx'
import { Field } from '../../app/components/field.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Loading, Note, ProblemNote } from '../../app/components/note.tsx'
import { formatNumber } from '../../app/format.ts'
import { Link, navigate } from '../../app/router.tsx'
import { formatActor } from '../access/format-actor.ts'
import { historyText } from '../text/audit-text.ts'
import { editorText, recordFieldTexts, recordTexts, sectionText } from '../text/records/record-text.ts'
import { EditorContext } from './editor-context.ts'
import { idPointer, toFieldFaults } from './field-faults.ts'
import { toObject, toText } from './fields/json.ts'
import { ObjectFields } from './fields/nested-fields.tsx'
import { useNames } from './names.tsx'
import { RecordAside } from './record-aside.tsx'
import { getRecordTitle, recordForms, slugify } from './record-forms.ts'
import { getRecordSchema, listProperties, type ResolvedSchema } from './record-schema.ts'
import { SaveFaults } from './save-faults.tsx'
import { useRecord } from './use-record.ts'

type Props = { kind: RecordKind; id?: string }

/** One record with all its fields. A saved change applies from the next visitor on. */
export function RecordPage({ kind, id }: Props) {
  const { singular, plural } = recordTexts[kind]
  const schema = useMemo(() => getRecordSchema(kind), [kind])
  const { editing, change, save, remove, load } = useRecord(kind, id)
  const [chosenId, setChosenId] = useState<string>()
  const { draft, record, problem, state, secret } = editing
  const newId = chosenId ?? slugify(toText(draft[recordForms[kind].titleField]))
  const schoolId = typeof draft.schoolId === 'string' ? draft.schoolId : undefined
  useUnsavedWarning(state === 'changed')
  const names = {
    schools: useNames('schools'),
    programs: useNames('programs', schoolId),
    campaigns: useNames('campaigns'),
    careers: useNames('careers'),
  }
  const texts = recordFieldTexts[kind]
  const faults = toFieldFaults(problem?.errors ?? [], schema, texts)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (state === 'saving') return
    const isSaved = await save(id ?? newId)
    if (isSaved && id === undefined) navigate(`/${kind}/${encodeURIComponent(newId)}`)
  }
  const backLink = (
    <p>
      <Link to={`/${kind}`}>{editorText.allRecords(plural)}</Link>
    </p>
  )
  if (state === 'loading')
    return problem ? (
      <>
        {backLink}
        <ProblemNote problem={problem} retry={() => void load()} />
      </>
    ) : (
      <Loading />
    )
  return (
    <>
      {backLink}
      <div class="head">
        <h1>{record ? getRecordTitle(kind, record.id, record.body) : editorText.newRecord(singular)}</h1>
        {record && (
          <span class="help">
            <span class="id">{record.id}</span>
            {record.generation && ` (${editorText.generation(formatNumber(record.generation))})`},{' '}
            {editorText.version(formatNumber(record.version))},{' '}
            {record.updatedBy
              ? historyText.lastChangedBy(formatActor(record.updatedBy, names))
              : historyText.lastChanged}{' '}
            <Instant at={record.updatedAt} />.{' '}
            <Link to={`/${kind}/${encodeURIComponent(record.id)}/history`}>{historyText.link}</Link>
          </span>
        )}
      </div>
      <EditorContext.Provider value={{ resolve: schema.resolve, texts, faults, names }}>
        <div class="editing">
          <form onSubmit={(event) => void submit(event)} noValidate>
            {id === undefined && (
              <Field
                label={editorText.id(singular)}
                help={editorText.idHelp}
                fault={faults.find(({ pointer }) => pointer === idPointer)?.message}
                data-pointer={idPointer}
                autocomplete="off"
                value={newId}
                onInput={({ currentTarget }) => setChosenId(currentTarget.value)}
              />
            )}
            {listSections(kind, schema.root).map(({ title, help, names }) => (
              <section key={title} class="card">
                <h2>{title}</h2>
                {help && <p class="help">{help}</p>}
                <ObjectFields
                  schema={schema.root}
                  pointer=""
                  value={draft}
                  change={(next) => change(toObject(next))}
                  names={names}
                />
              </section>
            ))}
            <div class="save">
              <SaveFaults problem={problem} idLabel={editorText.id(singular)} reload={() => void load()} />
              {state === 'saved' && <Note kind="good">{editorText.saved}</Note>}
              <div class="actions">
                <button type="submit" class="button" aria-disabled={state === 'saving'}>
                  {editorText.save(singular)}
                </button>
                {state === 'changed' && <span role="status">{editorText.unsaved}</span>}
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
            title: editorText.removeTitle(singular),
            text: editorText.removeHelp,
            confirmLabel: editorText.removeConfirm,
          }}
        >
          {editorText.remove(singular)}
        </Action>
      )}
    </>
  )
}

/** The sections of the form, and a last one for fields that no section names. */
function listSections(kind: RecordKind, root: ResolvedSchema) {
  const { sections } = recordForms[kind]
  const otherNames = listProperties(root)
    .map(([name]) => name)
    .filter((name) => !sections.some(({ names }) => names.includes(name)))
  return otherNames.length > 0 ? [...sections, { title: sectionText.more, names: otherNames }] : sections
}

/** Asks before leaving a page with unsaved changes. */
function useUnsavedWarning(isUnsaved: boolean) {
  useEffect(() => {
    if (!isUnsaved) return
    const confirmLeave = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', confirmLeave)
    return () => removeEventListener('beforeunload', confirmLeave)
  }, [isUnsaved])
}
