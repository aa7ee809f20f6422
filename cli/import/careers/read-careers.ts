import type * as z from 'zod'
import { records } from '#shared/contract/catalog/records.ts'
import type { Career } from '#shared/domain/catalog/career.ts'
import type { Call } from '../../ops/connect.ts'
import { progress } from '../../ops/progress.ts'
import { stop } from '../../ops/stop.ts'

/** A career as it stands, and the version that was seen. */
export type StandingCareer = { id: string; version: number; career: Career }

/** All careers of the house, page after page. */
export async function readCareers(call: Call): Promise<StandingCareer[]> {
  const bar = progress('careers')
  const careers: StandingCareer[] = []
  let cursor: string | undefined
  do {
    const answer = await call(records.careers.list, { query: { limit: 100, ...(cursor && { cursor }) } })
    if (answer.status !== 200) return stop(answer.problem)
    careers.push(...answer.body.records.map(standing))
    bar.at(careers.length)
    cursor = answer.body.page.nextCursor ?? undefined
  } while (cursor)
  bar.end()
  return careers
}

type Stored = z.output<(typeof records.careers.list.responses)[200]['body']>['records'][number]

function standing({ id, version, updatedAt: _, ...body }: Stored): StandingCareer {
  return { id, version, career: body }
}
