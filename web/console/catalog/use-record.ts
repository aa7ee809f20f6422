import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { useApi } from '../../app/browser-client.tsx'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { createRecordClient, type EditableRecord } from './create-record-client.ts'
import { idPointer } from './field-faults.ts'
import type { JsonObject } from './fields/json.ts'

type RecordEditorState = {
  state: 'loading' | 'clean' | 'changed' | 'saving' | 'saved'
  draft: JsonObject
  /** The record as last loaded or saved. Absent for a new one. */
  record?: EditableRecord | undefined
  problem?: ApiProblem | undefined
  /** The webhook secret, if the last save created one. */
  secret?: string | undefined
}

/**
 * Loads a record and holds its draft while it is edited.
 * @param id absent for a new record
 * @param preset what the draft of a new record begins with
 */
export function useRecord(kind: RecordKind, id: string | undefined, preset: JsonObject = {}) {
  const { call } = useApi()
  const [editing, setEditing] = useState<RecordEditorState>({
    state: id === undefined ? 'clean' : 'loading',
    draft: id === undefined ? preset : {},
  })

  const load = useCallback(async () => {
    if (id === undefined) return
    const { body, problem } = await createRecordClient(call, kind).get(id)
    setEditing(body ? { state: 'clean', draft: body.body, record: body } : { state: 'loading', draft: {}, problem })
  }, [call, kind, id])
  // A new record's page gets its ID by being saved: it shows what was saved, and the secret that is shown once.
  const savedId = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (id === undefined || savedId.current !== id) void load()
    savedId.current = undefined
  }, [load])

  const change = (draft: JsonObject) => setEditing((previous) => ({ ...previous, draft, state: 'changed' }))

  const fail = (problem: ApiProblem) => setEditing({ ...editing, state: 'changed', problem })

  /** Returns the webhook secret if one was created, or nothing if the record was not saved. */
  const save = async (targetId: string): Promise<{ secret?: string | undefined } | undefined> => {
    if (targetId === '') {
      fail(createIdProblem('required'))
      return undefined
    }
    const { draft, record } = editing
    setEditing({ ...editing, state: 'saving', problem: undefined })
    const { body, problem } = await createRecordClient(call, kind).put(targetId, record?.version ?? 0, draft)
    if (body) {
      if (id === undefined) savedId.current = targetId
      setEditing({ state: 'saved', draft: body.body, record: body, secret: body.secret ?? editing.secret })
    }
    if (!body) fail(!record && problem.code === 'VERSION_CONFLICT' ? createIdProblem('taken') : problem)
    return body && { secret: body.secret }
  }

  const remove = () => createRecordClient(call, kind).remove(editing.record?.id ?? '', editing.record?.version ?? 0)

  return { editing, change, save, remove, load }
}

function createIdProblem(code: 'required' | 'taken'): ApiProblem {
  return { code: 'INVALID_REQUEST', errors: [{ pointer: idPointer, code, detail: '' }] }
}
