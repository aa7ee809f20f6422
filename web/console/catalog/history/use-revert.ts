import { useCallback, useEffect, useState } from 'preact/hooks'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { useApi } from '../../../app/browser-client.tsx'
import type { ApiProblem } from '../../../app/text/problem-text.ts'
import { historyText } from '../../text/audit-text.ts'
import { recordFieldTexts } from '../../text/records/record-text.ts'
import { createRecordClient, type EditableRecord } from '../create-record-client.ts'
import { type RecordFieldFault, toFieldFaults } from '../field-faults.ts'
import type { JsonObject } from '../fields/json.ts'
import { getRecordSchema } from '../record-schema.ts'

type CurrentRecord =
  | { state: 'loading' | 'deleted' }
  | { state: 'found'; record: EditableRecord }
  | { state: 'failed'; problem: ApiProblem }
export type RevertOutcome =
  | { kind: 'reverted'; at: string }
  | { kind: 'conflict' }
  | { kind: 'refused'; faults: readonly RecordFieldFault[] }
  | { kind: 'failed'; problem: ApiProblem }

/** The record as it is now, and the write that restores an earlier version of it. */
export function useRevert({ kind, id, onReload }: { kind: RecordKind; id: string; onReload: () => void }) {
  const { call } = useApi()
  const [current, setCurrent] = useState<CurrentRecord>({ state: 'loading' })
  const [outcome, setOutcome] = useState<RevertOutcome>()
  const load = useCallback(async () => {
    const { body, problem } = await createRecordClient(call, kind).get(id)
    if (body) setCurrent({ state: 'found', record: body })
    else setCurrent(problem.code === 'NOT_FOUND' ? { state: 'deleted' } : { state: 'failed', problem })
  }, [call, kind, id])
  useEffect(() => void load(), [load])

  /** Writes the body over the version that the reader saw. @param at when the restored version was saved */
  const revert = async (body: JsonObject, at: string) => {
    if (current.state !== 'found') return
    const { problem } = await createRecordClient(call, kind).put(id, current.record.version, body)
    setOutcome(problem ? toFailure(kind, problem) : { kind: 'reverted', at })
    if (problem && problem.code !== 'VERSION_CONFLICT') return
    await load()
    onReload()
  }
  return { current, outcome, revert }
}

function toFailure(kind: RecordKind, problem: ApiProblem): RevertOutcome {
  if (problem.code === 'VERSION_CONFLICT') return { kind: 'conflict' }
  const { errors } = problem
  if (!errors) return { kind: 'failed', problem }
  if (errors.some(({ code }) => code === 'cannot_move'))
    return { kind: 'failed', problem: { ...problem, message: historyText.moved } }
  return { kind: 'refused', faults: toFieldFaults(errors, getRecordSchema(kind), recordFieldTexts[kind]) }
}
