import * as z from 'zod'
import { type RecordKind, records } from '#shared/contract/catalog/records.ts'
import type { Route } from '#shared/contract/route.ts'
import type { ApiClient } from '../connect.ts'
import { stop } from '../stop.ts'

// What a record of any kind has; the rest is the API's to judge.
export const anyRecord = z.looseObject({ id: z.string(), version: z.int() })
export type AnyRecord = z.output<typeof anyRecord>

/** What the house adds to what was written. */
const serverFields = z.object({
  id: z.string(),
  version: z.int(),
  updatedAt: z.string(),
  key: z.string(),
  secret: z.string(),
})
const serverFieldNames: readonly string[] = serverFields.keyof().options

/** One kind's routes, as alike as they are. */
export const getRoutes = (kind: RecordKind): { [verb in 'put' | 'get' | 'delete' | 'list']: Route } => records[kind]

/** The record as it stands; nothing where there is none. */
export async function readRecord(call: ApiClient, kind: RecordKind, id: string): Promise<AnyRecord | undefined> {
  const response = await call(getRoutes(kind).get, { params: { id } })
  if (response.problem?.code === 'NOT_FOUND') return undefined
  if (response.problem) return stop(response.problem)
  return anyRecord.parse(JSON.parse(response.text))
}

/** Without what the house adds, so that what was read can be written. */
export function toRecordInput(record: object): { [field: string]: unknown } {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !serverFieldNames.includes(name)))
}

/** Writes, where the version that stands is the one that was seen. @param seen "0" where there was none, or * */
export async function writeRecord(
  call: ApiClient,
  kind: RecordKind,
  { id, body, expectedVersion }: RecordWriteInput,
): Promise<AnyRecord> {
  const headers = { 'if-match': expectedVersion === '*' ? expectedVersion : `"${expectedVersion}"` }
  const response = await call(getRoutes(kind).put, { params: { id }, headers, body })
  if (response.problem) return stop(response.problem)
  return anyRecord.parse(JSON.parse(response.text))
}
type RecordWriteInput = { id: string; body: object; expectedVersion: string }
