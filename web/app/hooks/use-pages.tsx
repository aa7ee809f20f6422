import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { type BrowserClient, captureProblem, useApi } from '../browser-client.tsx'
import { Loading, ProblemNote } from '../components/note.tsx'
import { appText } from '../text/app-text.ts'
import type { ApiProblem } from '../text/problem-text.ts'

type Outcome = {
  problem?: ApiProblem | undefined
  body?: { page: { nextCursor: string | null } } | undefined
}
type ListResponse<A> = Extract<A, { problem?: undefined }>
type State<Row> = { rows: Row[]; next: string | null | undefined; problem?: ApiProblem }

/**
 * Loads a list page by page. Returns the rows so far, a button for more, and a note instead of the list while there is
 * nothing to show. `reload` starts again; `refresh` reads the rows so far again and keeps them on the page meanwhile.
 * @param dependencies when they change, the list starts again and responses to earlier calls are dropped
 */
export function usePages<A extends Outcome, Row>(
  dependencies: readonly unknown[],
  fetchPage: (call: BrowserClient, page: { cursor?: string }) => Promise<A>,
  getRows: (response: ListResponse<A>) => readonly Row[],
): {
  rows: Row[]
  more: ComponentChildren
  note: ComponentChildren | undefined
  reload: () => void
  refresh: () => Promise<void>
} {
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
  // After an act, no row may disappear or move while it is read again.
  const refresh = async () => {
    const requestNumber = ++latestRequest.current
    let newRows: Row[] = []
    let cursor: string | null | undefined
    do {
      const page = cursor ? { cursor } : {}
      const response = await captureProblem(() => fetchPage(call, page))
      if (requestNumber !== latestRequest.current) return
      if (!isListResponse(response)) return
      newRows = [...newRows, ...getRows(response)]
      cursor = response.body?.page.nextCursor ?? null
    } while (cursor && newRows.length < rows.length)
    setState({ rows: newRows, next: cursor })
  }
  useEffect(() => {
    reload()
    return () => void latestRequest.current++
  }, [reload])

  const failed = problem && <ProblemNote problem={problem} retry={() => void load(rows, next ?? undefined)} />
  const button = next && (
    <button type="button" class="button second" onClick={() => void load(rows, next)}>
      {appText.showMore}
    </button>
  )
  const placeholder = rows.length === 0 && (failed ?? (next === undefined ? <Loading /> : undefined))
  return { rows, more: failed ?? button, note: placeholder || undefined, reload, refresh }
}

function isListResponse<A extends Outcome>(response: A | Outcome): response is ListResponse<A> {
  return response.problem === undefined
}
