import * as z from 'zod'
import { type RecordKind, records } from '#shared/contract/catalog/records.ts'
import type { Route } from '#shared/contract/route.ts'
import { type Actor, actor } from '#shared/domain/access/actor.ts'
import { type BrowserClient, captureProblem } from '../../app/browser-client.tsx'
import type { JsonObject } from './fields/json.ts'
import { getRecordSchema, listProperties } from './record-schema.ts'

/** A record with the fields that staff edit. */
export type EditableRecord = {
  id: string
  version: number
  updatedAt: string
  updatedBy?: Actor | undefined
  /** Absent for the first record with this ID. */
  generation?: number | undefined
  body: JsonObject
  key?: string | undefined
}

const recordSchema = z.looseObject({
  id: z.string(),
  version: z.int(),
  updatedAt: z.string(),
  updatedBy: actor.optional(),
  generation: z.int().optional(),
  key: z.string().optional(),
})
const json = z.record(z.string(), z.json())

/** The four operations on records of one kind. */
export function createRecordClient(call: BrowserClient, kind: RecordKind) {
  const { get, put, delete: remove, list } = records[kind]
  const editableFields = new Set(listProperties(getRecordSchema(kind).root).map(([name]) => name))
  const toEditableRecord = (body: unknown): EditableRecord => {
    const { id, version, updatedAt, updatedBy, generation, key } = recordSchema.parse(body)
    const members = Object.entries(json.parse(body)).filter(([name]) => editableFields.has(name))
    return { id, version, updatedAt, updatedBy, generation, key, body: Object.fromEntries(members) }
  }
  const request = async <Parsed>(route: Route, input: object, parseBody: (body: unknown) => Parsed) =>
    captureProblem(async () => {
      const { problem, body } = await call<Route>(route, input)
      return problem ? { problem } : { body: parseBody(body) }
    })

  return {
    get: (id: string) => request(get, { params: { id } }, toEditableRecord),

    /** @param expectedVersion the version that is replaced; 0 for a new record */
    put: (id: string, expectedVersion: number, body: JsonObject) =>
      request(put, { params: { id }, headers: { 'if-match': `"${expectedVersion}"` }, body }, (responseBody) => ({
        ...toEditableRecord(responseBody),
        secret: z.object({ secret: z.string().optional() }).parse(responseBody).secret,
      })),

    remove: (id: string, expectedVersion: number) =>
      request(remove, { params: { id }, headers: { 'if-match': `"${expectedVersion}"` } }, () => undefined),

    list: (page: { cursor?: string; limit?: number; prefix?: string }) =>
      request(list, { query: page }, (responseBody) => {
        const { records: rows, page } = z
          .object({ records: z.array(z.unknown()), page: z.object({ nextCursor: z.string().nullable() }) })
          .parse(responseBody)
        return { records: rows.map(toEditableRecord), page }
      }),
  }
}
