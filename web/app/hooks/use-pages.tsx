import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Problem } from '#shared/contract/problems.ts'
import { type Call, outcomeOf, useApi } from '../api.tsx'
import { Note } from '../components/note.tsx'

type Outcome = {
  problem?: Pick<Problem, 'title' | 'detail'> | undefined
  body?: { page: { nextCursor: string | null } } | undefined
}
/** Of all that may be answered, the list. */
type Listed<A> = Extract<A, { problem?: undefined }>
type State<Row> = { rows: Row[]; next: string | null | undefined; problem?: Pick<Problem, 'title' | 'detail'> }

/**
 * A list that comes page by page: what is there so far, a button for more, and a note where nothing can be shown yet.
 * @param asked what the list follows from: where that changes, it begins anew, and answers to what was asked before are dropped.
 */
export function usePages<A extends Outcome, Row>(
  asked: readonly unknown[],
  ask: (call: Call, page: { cursor?: string }) => Promise<A>,
  rowsOf: (answer: Listed<A>) => readonly Row[],
): { rows: Row[]; more: ComponentChildren; note: ComponentChildren | undefined; again: () => void } {
  const { call } = useApi()
  const [{ rows, next, problem }, setState] = useState<State<Row>>({ rows: [], next: undefined })
  const latest = useRef(0)
  const load = useCallback(
    async (before: Row[], cursor: string | undefined) => {
      const mine = ++latest.current
      const told = await outcomeOf(() => ask(call, cursor === undefined ? {} : { cursor }))
      if (mine !== latest.current) return
      if (isListed(told)) setState({ rows: [...before, ...rowsOf(told)], next: told.body?.page.nextCursor ?? null })
      else if (told.problem) setState({ rows: before, next: cursor ?? null, problem: told.problem })
    },
    [JSON.stringify(asked), call],
  )
  const again = useCallback(() => {
    setState({ rows: [], next: undefined })
    void load([], undefined)
  }, [load])
  useEffect(() => {
    again()
    return () => void latest.current++
  }, [again])

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
  const nothingYet = rows.length === 0 && (failed ?? (next === undefined ? <p role="status">Loading …</p> : undefined))
  return { rows, more: failed ?? button, note: nothingYet || undefined, again }
}

function isListed<A extends Outcome>(told: A | Outcome): told is Listed<A> {
  return told.problem === undefined
}
