import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { readOverview } from '#shared/contract/reporting/overview.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { getTimeZone } from '../../app/time-zone.ts'
import { addDayPage, type DayCounts, emptyDay } from './day-counts.ts'

type DayState = { day: DayCounts; state: 'counting' | 'complete' | 'failed'; problem?: ApiProblem }

/** Counts a day page by page and returns the sum so far. */
export function useDay(day: string): [DayState, reload: () => void] {
  const { call } = useApi()
  const [dayState, setDayState] = useState<DayState>({ day: emptyDay, state: 'counting' })
  const latestRequest = useRef(0)
  const load = useCallback(async () => {
    const requestNumber = ++latestRequest.current
    let sum = emptyDay
    let cursor: string | undefined
    do {
      const outcome = await captureProblem(() =>
        call(readOverview, { query: { day, timeZone: getTimeZone(), ...(cursor !== undefined && { cursor }) } }),
      )
      if (requestNumber !== latestRequest.current) return
      if (outcome.problem) return setDayState({ day: sum, state: 'failed', problem: outcome.problem })
      if (!outcome.body) return
      sum = addDayPage(sum, outcome.body)
      cursor = outcome.body.page.nextCursor ?? undefined
      setDayState({ day: sum, state: cursor === undefined ? 'complete' : 'counting' })
    } while (cursor !== undefined)
  }, [day, call])
  useEffect(() => {
    setDayState({ day: emptyDay, state: 'counting' })
    void load()
    return () => void latestRequest.current++
  }, [load])
  return [dayState, () => void load()]
}
