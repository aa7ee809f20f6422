import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Problem } from '#shared/contract/problems.ts'
import { readOverview } from '#shared/contract/reporting/overview.ts'
import { outcomeOf, useApi } from '../../app/api.tsx'
import { addPage, type Day, emptyDay } from './day-of.ts'

type Counted = { day: Day; state: 'counting' | 'whole' | 'failed'; problem?: Pick<Problem, 'title' | 'detail'> }

/** A day as it is counted, page by page; what is there so far is shown meanwhile. */
export function useDay(day: string): [Counted, again: () => void] {
  const { call } = useApi()
  const [counted, setCounted] = useState<Counted>({ day: emptyDay, state: 'counting' })
  const latest = useRef(0)
  const count = useCallback(async () => {
    const mine = ++latest.current
    let sum = emptyDay
    let cursor: string | undefined
    do {
      const told = await outcomeOf(() =>
        call(readOverview, { query: { day, ...(cursor !== undefined && { cursor }) } }),
      )
      if (mine !== latest.current) return
      if (told.problem) return setCounted({ day: sum, state: 'failed', problem: told.problem })
      if (!told.body) return
      sum = addPage(sum, told.body)
      cursor = told.body.page.nextCursor ?? undefined
      setCounted({ day: sum, state: cursor === undefined ? 'whole' : 'counting' })
    } while (cursor !== undefined)
  }, [day, call])
  useEffect(() => {
    setCounted({ day: emptyDay, state: 'counting' })
    void count()
    return () => void latest.current++
  }, [count])
  return [counted, () => void count()]
}
