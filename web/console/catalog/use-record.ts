import { useCallback, useEffect, useState } from 'preact/hooks'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import type { FieldError, Problem } from '#shared/contract/problems.ts'
import { useApi } from '../../app/api.tsx'
import type { JsonObject } from './fields/json.ts'
import { type Kept, recordCalls } from './record-calls.ts'

type Told = Pick<Problem, 'title' | 'detail'> & {
  errors?: readonly FieldError[] | undefined
  code?: string | undefined
}
export type Editing = {
  state: 'loading' | 'clean' | 'changed' | 'saving' | 'saved'
  draft: JsonObject
  /** As it stands; absent while there is none. */
  kept?: Kept | undefined
  problem?: Told | undefined
  /** A webhook secret that was made with the last save. */
  secret?: string | undefined
}

/** A record while it is edited. @param id absent for a new one */
export function useRecord(kind: RecordKind, id: string | undefined, blank: JsonObject) {
  const { call } = useApi()
  const [editing, setEditing] = useState<Editing>({ state: id === undefined ? 'clean' : 'loading', draft: blank })

  const load = useCallback(async () => {
    if (id === undefined) return
    const { body, problem } = await recordCalls(call, kind).get(id)
    setEditing(body ? { state: 'clean', draft: body.body, kept: body } : { state: 'loading', draft: {}, problem })
  }, [call, kind, id])
  useEffect(() => void load(), [load])

  const change = (draft: JsonObject) => setEditing((before) => ({ ...before, draft, state: 'changed' }))

  /** Whether it was saved. What is wrong with it stays beside the fields. */
  const save = async (as: string): Promise<boolean> => {
    const { draft, kept } = editing
    setEditing({ ...editing, state: 'saving', problem: undefined, secret: undefined })
    const { body, problem } = await recordCalls(call, kind).put(as, kept?.version ?? 0, draft)
    setEditing(
      body
        ? { state: 'saved', draft: body.body, kept: body, secret: body.secret }
        : { ...editing, state: 'changed', problem },
    )
    return body !== undefined
  }

  const refuse = (error: FieldError) =>
    setEditing({ ...editing, state: 'changed', problem: { title: 'Some fields are not right', errors: [error] } })

  const remove = () => recordCalls(call, kind).remove(editing.kept?.id ?? '', editing.kept?.version ?? 0)

  return { editing, change, save, refuse, remove, load }
}
