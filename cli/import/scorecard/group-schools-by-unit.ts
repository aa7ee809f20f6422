import type { StoredRecordBody } from '../records/parse-record-rows.ts'

/** The IDs of the stored schools that have an IPEDS ID, by it. */
export function groupSchoolsByUnit(schools: ReadonlyMap<string, StoredRecordBody>): Map<string, string> {
  return new Map([...schools].flatMap(([id, { body }]) => (body.ipedsId ? [[String(body.ipedsId), id]] : [])))
}
