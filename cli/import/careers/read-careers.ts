import type * as z from 'zod'
import { records } from '#shared/contract/catalog/records.ts'
import type { Career } from '#shared/domain/catalog/career.ts'
import type { ApiClient } from '../../ops/connect.ts'
import { startProgressBar } from '../../ops/start-progress-bar.ts'
import { stop } from '../../ops/stop.ts'

/** A stored career and its version. */
export type StoredCareer = { id: string; version: number; career: Career }

/** Reads all careers. */
export async function readCareers(call: ApiClient): Promise<StoredCareer[]> {
  const bar = startProgressBar('careers')
  const careers: StoredCareer[] = []
  let cursor: string | undefined
  do {
    const response = await call(records.careers.list, { query: { limit: 100, ...(cursor && { cursor }) } })
    if (response.status !== 200) return stop(response.problem)
    careers.push(...response.body.records.map(toStoredCareer))
    bar.update(careers.length)
    cursor = response.body.page.nextCursor ?? undefined
  } while (cursor)
  bar.end()
  return careers
}

type CareerResponse = z.output<(typeof records.careers.list.responses)[200]['body']>['records'][number]

function toStoredCareer({
  id,
  version,
  updatedAt: _,
  updatedBy: __,
  generation: ___,
  ...body
}: CareerResponse): StoredCareer {
  return { id, version, career: body }
}
