import * as z from 'zod'
import { type RecordKind, recordLabels, records } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply, Route } from '#shared/contract/route.ts'
import { defineHandler } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import { toEtagHeader } from '#shared/workflows/catalog/record-version.ts'

type ReadRecordsDependencies = Pick<Dependencies, 'records' | 'tokens' | 'now'>

/**
 * Returns one record with its version, without its sealed secrets and what only the service uses.
 * @throws Refusal NOT_FOUND
 */
export async function getRecord(kind: RecordKind, id: string, deps: ReadRecordsDependencies): Promise<Reply<Route>> {
  const record = await deps.records.get(kind, id)
  if (!record) throw new Refusal('NOT_FOUND', `${recordLabels[kind]} not found.`)
  return { status: 200, headers: toEtagHeader(record.version), body: toRecordResponse(record) }
}

/** Returns one page of the records of a kind, in order of their ids, or of those whose id begins with a prefix. */
export async function listRecords(
  kind: RecordKind,
  query: unknown,
  deps: ReadRecordsDependencies,
): Promise<Reply<Route>> {
  const pageQuery = pageQuerySchema.parse(query)
  const { prefix = '' } = pageQuery
  const list = `records:${kind}:${prefix}`
  const recordPage = await deps.records.list(kind, { ...(await parsePageRequest(list, pageQuery, deps)), prefix })
  const pageLink = { path: records[kind].list.path, query: pageQuery, next: recordPage.next }
  const { page, headers } = await pageResponse(list, pageLink, deps)
  return { status: 200, headers, body: { records: recordPage.records.map(toRecordResponse), page } }
}

export function createGetHandler<R extends Route>(kind: RecordKind, route: R) {
  const { handle } = defineHandler<Route, ReadRecordsDependencies>(route, ({ params }, deps) =>
    getRecord(kind, String(params?.id), deps),
  )
  return { route, handle }
}

export function createListHandler<R extends Route>(kind: RecordKind, route: R) {
  const { handle } = defineHandler<Route, ReadRecordsDependencies>(route, ({ query }, deps) =>
    listRecords(kind, query, deps),
  )
  return { route, handle }
}

function toRecordResponse({ id, version, updatedAt, updatedBy, generation, body }: StoredRecord) {
  const {
    sealed: _sealed,
    counters: _counters,
    calendar: _calendar,
    creditCounted: _creditCounted,
    ...publicFields
  } = body
  return {
    ...publicFields,
    id,
    version,
    updatedAt,
    ...(updatedBy && { updatedBy }),
    ...(generation && { generation }),
  }
}

const pageQuerySchema = z.object({
  cursor: z.string().optional(),
  limit: z.number(),
  prefix: z.string().optional(),
})
