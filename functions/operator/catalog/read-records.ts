import * as z from 'zod'
import { type RecordKind, recordKinds, records } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply, Route } from '#shared/contract/route.ts'
import { serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Kept } from '#shared/store/catalog/records.ts'
import { etagOf } from '#shared/workflows/catalog/record-version.ts'

type Needs = Pick<Dependencies, 'records' | 'tokens' | 'now'>

/** One record, as it was written, with its version. */
export async function getRecord(kind: RecordKind, id: string, needs: Needs): Promise<Reply<Route>> {
  const kept = await needs.records.get(kind, id)
  if (!kept) throw new Refusal('NOT_FOUND', `There is none of the ${kind} with that id.`)
  return { status: 200, headers: etagOf(kept.version), body: flat(kept) }
}

/** All records of a kind by id, a page at a time. */
export async function listRecords(kind: RecordKind, query: unknown, needs: Needs): Promise<Reply<Route>> {
  const list = `records:${kind}`
  const wanted = asked.parse(query)
  const found = await needs.records.list(kind, await pageAsked(list, wanted, needs))
  const told = { path: records[kind].list.path, query: wanted, next: found.next }
  const { page, headers } = await pageTold(list, told, needs)
  return { status: 200, headers, body: { records: found.records.map(flat), page } }
}

export const handlers = recordKinds.flatMap((kind) => [
  serve<Route, Needs>(records[kind].get, ({ params }, needs) => getRecord(kind, String(params?.id), needs)),
  serve<Route, Needs>(records[kind].list, ({ query }, needs) => listRecords(kind, query, needs)),
])

/** Nothing that was sealed is read back. */
function flat({ id, version, updatedAt, body }: Kept) {
  const { sealed: _, ...told } = body
  return { ...told, id, version, updatedAt }
}

const asked = z.object({ cursor: z.string().optional(), limit: z.number() })
