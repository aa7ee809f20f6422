import { useEffect, useState } from 'preact/hooks'
import { type BrowserClient, captureProblem, useApi } from '../browser-client.tsx'
import type { ApiProblem } from '../text/problem-text.ts'

type Outcome = {
  problem?: ApiProblem | undefined
  body?: { page: { nextCursor: string | null } } | undefined
}
type Body<A extends Outcome> = NonNullable<Extract<A, { problem?: undefined }>['body']>

/** Reads every page of a list once. Returns the pages so far; `loading` until the last one is there or one fails. */
export function useAllPages<A extends Outcome>(
  fetchPage: (call: BrowserClient, page: { cursor?: string }) => Promise<A>,
): { state: 'loading' | 'ready' | 'failed'; pages: readonly Body<A>[] } {
  const { call } = useApi()
  const [data, setData] = useState<ReturnType<typeof useAllPages<A>>>({ state: 'loading', pages: [] })
  useEffect(() => {
    let isCurrent = true
    const load = async () => {
      let pages: Body<A>[] = []
      let cursor: string | null | undefined
      do {
        const response = await captureProblem(() => fetchPage(call, cursor ? { cursor } : {}))
        if (!isCurrent) return
        if (!hasBody(response)) return setData({ state: 'failed', pages })
        pages = [...pages, response.body]
        cursor = response.body.page.nextCursor
        setData({ state: cursor ? 'loading' : 'ready', pages })
      } while (cursor)
    }
    void load()
    return () => {
      isCurrent = false
    }
  }, [call])
  return data
}

function hasBody<A extends Outcome>(response: A | Outcome): response is A & { body: Body<A> } {
  return response.body !== undefined
}
