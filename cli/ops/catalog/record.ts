import * as z from 'zod'
import { type RecordKind, records } from '#shared/contract/catalog/records.ts'
import type { Route } from '#shared/contract/route.ts'
import type { Call } from '../connect.ts'
import { stop } from '../stop.ts'

// What a record of any kind has; the rest is the API's to judge.
export const anyRecord = z.looseObject({ id: z.string(), version: z.int() })
export type AnyRecord = z.output<typeof anyRecord>

/** What the house adds to what was written. */
const kept = z.object({ id: z.string(), version: z.int(), updatedAt: z.string(), key: z.string(), secret: z.string() })
const keptNames: readonly string[] = kept.keyof().options

/** One kind's routes, as alike as they are. */
export const routesOf = (kind: RecordKind): { [verb in 'put' | 'get' | 'delete' | 'list']: Route } => records[kind]

/** The record as it stands; nothing where there is none. */
export async function readRecord(call: Call, kind: RecordKind, id: string): Promise<AnyRecord | undefined> {
  const answer = await call(routesOf(kind).get, { params: { id } })
  if (answer.problem?.code === 'NOT_FOUND') return undefined
  if (answer.problem) return stop(answer.problem)
  return anyRecord.parse(JSON.parse(answer.text))
}

/** Without what the house adds, so that what was read can be written. */
export function inputOf(record: object): { [field: string]: unknown } {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !keptNames.includes(name)))
}

/** Writes, where the version that stands is the one that was seen. @param seen "0" where there was none, or * */
export async function writeRecord(call: Call, kind: RecordKind, { id, body, seen }: Writing): Promise<AnyRecord> {
  const headers = { 'if-match': seen === '*' ? seen : `"${seen}"` }
  const answer = await call(routesOf(kind).put, { params: { id }, headers, body })
  if (answer.problem) return stop(answer.problem)
  return anyRecord.parse(JSON.parse(answer.text))
}
type Writing = { id: string; body: object; seen: string }
