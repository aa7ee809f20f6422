import * as z from 'zod'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { type AuditEntry, isDigest } from '#shared/domain/access/audit-entry.ts'
import { isObject, type Json, type JsonObject, toObject } from '../fields/json.ts'
import { getRecordSchema, listProperties } from '../record-schema.ts'

/** Set by the school of a campaign. A change by staff leaves them as they are. */
const schoolFields = ['schoolStatus', 'schoolCaps']

/** The fields of an entry's record that staff can write, without secrets, which an entry has as digests only. */
export function toVersion(kind: RecordKind, body: AuditEntry['after']): JsonObject {
  const editableFields = new Set(listProperties(getRecordSchema(kind).root).map(([name]) => name))
  const fields = Object.entries(json.parse(body ?? {})).filter(([name]) => editableFields.has(name))
  return toObject(withoutDigests(Object.fromEntries(fields)))
}

/** The body that restores a version: what belongs to the school stays as it is now. */
export function toRevertBody(version: JsonObject, current: JsonObject): JsonObject {
  const restored = Object.entries(version).filter(([name]) => !schoolFields.includes(name))
  const preserved = Object.entries(current).filter(([name]) => schoolFields.includes(name))
  return Object.fromEntries([...restored, ...preserved])
}

function withoutDigests(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutDigests)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (isDigest(member) ? [] : [[name, withoutDigests(member)]])),
  )
}

const json = z.record(z.string(), z.json())
