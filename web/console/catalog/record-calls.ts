import * as z from 'zod'
import { type RecordKind, records } from '#shared/contract/catalog/records.ts'
import type { Route } from '#shared/contract/route.ts'
import { type Call, outcomeOf } from '../../app/api.tsx'
import type { JsonObject } from './fields/json.ts'
import { partsOf, schemaOf } from './record-schema.ts'

/** A record, and what staff write of it. */
export type Kept = { id: string; version: number; updatedAt: string; body: JsonObject; key?: string | undefined }

const stored = z.looseObject({ id: z.string(), version: z.int(), updatedAt: z.string(), key: z.string().optional() })
const json = z.record(z.string(), z.json())

/** The four operations of a kind of record. */
export function recordCalls(call: Call, kind: RecordKind) {
  const { get, put, delete: remove, list } = records[kind]
  const written = new Set(partsOf(schemaOf(kind).root).map(([name]) => name))
  const keptOf = (body: unknown): Kept => {
    const { id, version, updatedAt, key } = stored.parse(body)
    const members = Object.entries(json.parse(body)).filter(([name]) => written.has(name))
    return { id, version, updatedAt, key, body: Object.fromEntries(members) }
  }
  const ask = async <Read>(route: Route, given: object, read: (body: unknown) => Read) =>
    outcomeOf(async () => {
      const { problem, body } = await call<Route>(route, given)
      return problem ? { problem } : { body: read(body) }
    })

  return {
    get: (id: string) => ask(get, { params: { id } }, keptOf),

    /** @param seen the version that it stands in place of; 0 where there is none yet */
    put: (id: string, seen: number, body: JsonObject) =>
      ask(put, { params: { id }, headers: { 'if-match': `"${seen}"` }, body }, (told) => ({
        ...keptOf(told),
        secret: z.object({ secret: z.string().optional() }).parse(told).secret,
      })),

    remove: (id: string, seen: number) =>
      ask(remove, { params: { id }, headers: { 'if-match': `"${seen}"` } }, () => undefined),

    list: (page: { cursor?: string; limit?: number }) =>
      ask(list, { query: page }, (told) => {
        const { records: found, page } = z
          .object({ records: z.array(z.unknown()), page: z.object({ nextCursor: z.string().nullable() }) })
          .parse(told)
        return { records: found.map(keptOf), page }
      }),
  }
}
