import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Problem } from '#shared/contract/problems.ts'
import { type BrowserClient, captureProblem, useApi } from '../browser-client.tsx'
import { Note } from '../components/note.tsx'

type Outcome = {
  problem?: Pick<Problem, 'title' | 'detail'> | undefined
  body?: { page: { nextCursor: string | null } } | undefined
}
/** Of all that may be answered, the list. */
type ListResponse<A> = Extract<A, { problem?: undefined }>
type State<Row> = { rows: Row[]; next: string | null | undefined; problem?: Pick<Problem, 'title' | 'detail'> }

/**
 * A list that comes page by page: what is there so far, a button for more, and a note where nothing can be shown yet.
 * @param dependencies what the list follows from: where that changes, it begins anew, and answers to what was asked before are dropped.
 */
export function usePages<A extends Outcome, Row>(
  dependencies: readonly unknown[],
  fetchPage: (call: BrowserClient, page: { cursor?: string }) => Promise<A>,
  getRows: (answer: ListResponse<A>) => readonly Row[],
): { rows: Row[]; more: ComponentChildren; note: ComponentChildren | undefined; reload: () => void } {
  const { call } = useApi()
  const [{ rows, next, problem }, setState] = useState<State<Row>>({ rows: [], next: undefined })
  const latestRequest = useRef(0)
  const load = useCallback(
    async (previousRows: Row[], cursor: string | undefined) => {
      const requestNumber = ++latestRequest.current
      const response = await captureProblem(() => fetchPage(call, cursor === undefined ? {} : { cursor }))
      if (requestNumber !== latestRequest.current) return
      if (isListResponse(response))
        setState({ rows: [...previousRows, ...getRows(response)], next: response.body?.page.nextCursor ?? null })
      else if (response.problem) setState({ rows: previousRows, next: cursor ?? null, problem: response.problem })
    },
    [JSON.stringify(dependencies), call],
  )
  const reload = useCallback(() => {
    setState({ rows: [], next: undefined })
    void load([], undefined)
  }, [load])
  useEffect(() => {
    reload()
    return () => void latestRequest.current++
  }, [reload])

  const failed = problem && (
    <Note kind="bad">
      <strong>{problem.title}.</strong> {problem.detail}{' '}
      <button type="button" class="plain" onClick={() => void load(rows, next ?? undefined)}>
        Try again
      </button>
    </Note>
  )
  const button = next && (
    <button type="button" class="button second" onClick={() => void load(rows, next)}>
      Show more
    </button>
  )
  const placeholder = rows.length === 0 && (failed ?? (next === undefined ? <p role="status">Loading …</p> : undefined))
  return { rows, more: failed ?? button, note: placeholder || undefined, reload }
}

function isListResponse<A extends Outcome>(response: A | Outcome): response is ListResponse<A> {
  return response.problem === undefined
}
