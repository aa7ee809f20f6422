import { useCallback, useEffect, useState } from 'preact/hooks'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import type { FieldError, Problem } from '#shared/contract/problems.ts'
import { useApi } from '../../app/browser-client.tsx'
import { createRecordClient, type EditableRecord } from './create-record-client.ts'
import type { JsonObject } from './fields/json.ts'

type SaveProblem = Pick<Problem, 'title' | 'detail'> & {
  errors?: readonly FieldError[] | undefined
  code?: string | undefined
}
export type RecordEditorState = {
  state: 'loading' | 'clean' | 'changed' | 'saving' | 'saved'
  draft: JsonObject
  /** As it stands; absent while there is none. */
  record?: EditableRecord | undefined
  problem?: SaveProblem | undefined
  /** A webhook secret that was made with the last save. */
  secret?: string | undefined
}

/** A record while it is edited. @param id absent for a new one */
export function useRecord(kind: RecordKind, id: string | undefined, blank: JsonObject) {
  const { call } = useApi()
  const [editing, setEditing] = useState<RecordEditorState>({
    state: id === undefined ? 'clean' : 'loading',
    draft: blank,
  })

  const load = useCallback(async () => {
    if (id === undefined) return
    const { body, problem } = await createRecordClient(call, kind).get(id)
    setEditing(body ? { state: 'clean', draft: body.body, record: body } : { state: 'loading', draft: {}, problem })
  }, [call, kind, id])
  useEffect(() => void load(), [load])

  const change = (draft: JsonObject) => setEditing((previous) => ({ ...previous, draft, state: 'changed' }))

  /** Whether it was saved. What is wrong with it stays beside the fields. */
  const save = async (targetId: string): Promise<boolean> => {
    const { draft, record } = editing
    setEditing({ ...editing, state: 'saving', problem: undefined, secret: undefined })
    const { body, problem } = await createRecordClient(call, kind).put(targetId, record?.version ?? 0, draft)
    setEditing(
      body
        ? { state: 'saved', draft: body.body, record: body, secret: body.secret }
        : { ...editing, state: 'changed', problem },
    )
    return body !== undefined
  }

  const addError = (error: FieldError) =>
    setEditing({ ...editing, state: 'changed', problem: { title: 'Validation failed', errors: [error] } })

  const remove = () => createRecordClient(call, kind).remove(editing.record?.id ?? '', editing.record?.version ?? 0)

  return { editing, change, save, refuse: addError, remove, load }
}
