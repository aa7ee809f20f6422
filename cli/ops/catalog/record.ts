import * as z from 'zod'
import { type RecordKind, readOnlyFields, records } from '#shared/contract/catalog/records.ts'
import type { Route } from '#shared/contract/route.ts'
import type { ApiClient } from '../connect.ts'
import { stop } from '../stop.ts'

// Fields of a record of any kind. The API validates the others.
export const anyRecord = z.looseObject({ id: z.string(), version: z.int() })
export type AnyRecord = z.output<typeof anyRecord>

// A secret is in the response to the write that created it.
const serverFieldNames = [...readOnlyFields, 'secret']

/** The routes of one kind, with a common type. */
export const getRoutes = (kind: RecordKind): { [verb in 'put' | 'get' | 'delete' | 'list']: Route } => records[kind]

/** Returns the current record, or undefined if there is none. */
export async function readRecord(call: ApiClient, kind: RecordKind, id: string): Promise<AnyRecord | undefined> {
  const response = await call(getRoutes(kind).get, { params: { id } })
  if (response.problem?.code === 'NOT_FOUND') return undefined
  if (response.problem) return stop(response.problem)
  return anyRecord.parse(JSON.parse(response.text))
}

/** Returns the record without the fields that the server adds, so that it can be written. */
export function toRecordInput(record: object): { [field: string]: unknown } {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !serverFieldNames.includes(name)))
}

/** Writes a record if its current version is `expectedVersion`: "0" if there must be none, `*` for any. */
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

export function capitalize(noun: string): string {
  return noun.charAt(0).toUpperCase() + noun.slice(1)
}
