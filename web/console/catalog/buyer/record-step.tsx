import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { Loading, ProblemNote } from '../../../app/components/note.tsx'
import type { JsonObject } from '../fields/json.ts'
import { RecordForm } from '../record-form.tsx'
import type { FormSection } from '../record-forms.ts'
import { useRecord } from '../use-record.ts'

type Props = {
  kind: RecordKind
  /** Absent for a new record. */
  id?: string | undefined
  sections: readonly FormSection[]
  idPrefix?: string
  saveLabel: string
  /** What a new record begins with. */
  preset?: JsonObject
  onSaved: (id: string, secret: string | undefined) => void
}

/** One record of the setup, with the fields that it needs to begin with. */
export function RecordStep({ kind, id, preset, ...form }: Props) {
  const editor = useRecord(kind, id, preset)
  const { state, problem } = editor.editing
  if (state === 'loading')
    return problem ? <ProblemNote problem={problem} retry={() => void editor.load()} /> : <Loading />
  return <RecordForm kind={kind} id={id} editor={editor} {...form} />
}
