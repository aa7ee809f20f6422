import { Allowed } from '../../app/people/allowed.tsx'
import './record-page.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { type RecordKind, records } from '#shared/contract/catalog/records.ts'
import { Field } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { editorText, recordFieldTexts, recordTexts } from '../text/records/record-text.ts'
import { EditorContext } from './editor-context.ts'
import { idPointer, toFieldFaults } from './field-faults.ts'
import { toObject, toText } from './fields/json.ts'
import { ObjectFields } from './fields/nested-fields.tsx'
import { useNames } from './names.tsx'
import { type FormSection, recordForms, slugify } from './record-forms.ts'
import { getRecordSchema } from './record-schema.ts'
import { SaveFaults } from './save-faults.tsx'
import type { useRecord } from './use-record.ts'

type Props = {
  kind: RecordKind
  /** Absent for a new record. */
  id?: string | undefined
  editor: ReturnType<typeof useRecord>
  sections: readonly FormSection[]
  /** Begins the ID that is made from the name of a new record, such as the ID of its school. */
  idPrefix?: string
  saveLabel?: string
  /** @param secret the webhook secret, if the save created one: it is shown only once */
  onSaved: (id: string, secret: string | undefined) => void
  /** Stands beside the form. */
  aside?: ComponentChildren
}

/** The fields of one record, with the faults of the last save at their fields. */
export function RecordForm({ kind, id, editor, sections, idPrefix, saveLabel, onSaved, aside }: Props) {
  const { singular } = recordTexts[kind]
  const schema = useMemo(() => getRecordSchema(kind), [kind])
  const [chosenId, setChosenId] = useState<string>()
  const { editing, change, save, load } = editor
  const { draft, problem, state } = editing
  const slug = slugify(toText(draft[recordForms[kind].titleField]))
  const newId = chosenId ?? (idPrefix && slug ? `${idPrefix}-${slug}`.slice(0, 64) : slug)
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
    const saved = await save(id ?? newId)
    if (saved) onSaved(id ?? newId, saved.secret)
  }
  return (
    <EditorContext.Provider value={{ recordId: id, resolve: schema.resolve, texts, faults, names }}>
      <div class="editing">
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Allowed to={records[kind].put}>
            {sections.map(({ title, help, names }) => (
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
            <div class="save">
              <SaveFaults problem={problem} idLabel={editorText.id(singular)} reload={() => void load()} />
              {state === 'saved' && <Note kind="good">{editorText.saved}</Note>}
              <div class="actions">
                <button type="submit" class="button" aria-disabled={state === 'saving'}>
                  {saveLabel ?? editorText.save(singular)}
                </button>
                {state === 'changed' && <span role="status">{editorText.unsaved}</span>}
              </div>
            </div>
          </Allowed>
        </form>
        {aside}
      </div>
    </EditorContext.Provider>
  )
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
