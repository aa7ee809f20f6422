import * as z from 'zod'
import { anyJson, instant } from '../vocabulary.ts'
import { actor } from './actor.ts'
import { auditActions } from './audit-actions.ts'

/** The record that a change is of: `{kind: 'campaigns', id: 'tall-grass-tx'}`, `{kind: 'leads', id: 'lead_...'}`. */
export const auditedRecord = z.object({ kind: z.string(), id: z.string() }).meta({ id: 'AuditedRecord' })

/** One change, with the record before and after it. Secrets and personal data are digests. */
export const auditEntry = z
  .object({
    entryId: z.string(),
    at: instant,
    actor,
    action: z.enum(auditActions),
    record: auditedRecord,
    before: z.record(z.string(), anyJson).optional(),
    after: z.record(z.string(), anyJson).optional(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.output<typeof auditEntry>

/** A change as its author describes it. `before` and `after` may contain secrets and personal data. */
export type AuditedChange = Pick<AuditEntry, 'actor' | 'action' | 'record'> & { before?: object; after?: object }

type RecordFields = NonNullable<AuditEntry['before']>

const digestPrefix = 'hmac-sha256:'
/** Catalog records have no personal data, and their secrets are at the top. */
const secretFields = new Set([
  'key',
  'sealed',
  'secret',
  'headerSecrets',
  'turnstileSecret',
  'postbackSecret',
  'notificationSecret',
  'inboundKey',
  'inboundVerifyToken',
  'inboundAccessToken',
])
const personalFields = new Set([
  ...[
    'firstName',
    'lastName',
    'email',
    'phone',
    'ip',
    'userAgent',
    'contact',
    'person',
    'token',
    'password',
    'note',
    'evidenceUrl',
    'answer',
    'purpose',
  ],
  ...secretFields,
])

/** Why a person wants no calls is free text, in which people write names and numbers. */
const freeTextFields: { [kind: string]: ReadonlySet<string> } = { suppressions: new Set(['reason', 'endReason']) }

/**
 * Returns a copy of a record in which each secret and each personal value is a digest. `hash` must be keyed, so that
 * short values cannot be guessed.
 */
export function protectRecord(kind: string, record: object, hash: (text: string) => string): RecordFields {
  const fields = Object.entries(recordFields.parse(JSON.parse(JSON.stringify(record))))
  const isCatalog = catalogKinds.has(kind)
  return Object.fromEntries(
    fields.map(([name, value]) => {
      if (secretFields.has(name) || freeTextFields[kind]?.has(name)) return [name, toDigest(value)]
      return [name, isCatalog ? value : protectValue(name, value)]
    }),
  )

  function protectValue(name: string, value: z.core.util.JSONType): z.core.util.JSONType {
    if (personalFields.has(name)) return toDigest(value)
    if (Array.isArray(value)) return value.map((one) => protectValue('', one))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([inner, content]) => [inner, protectValue(inner, content)]))
  }

  function toDigest(value: z.core.util.JSONType): z.core.util.JSONType {
    return value === null ? null : `${digestPrefix}${hash(JSON.stringify(value))}`
  }
}

/** Whether a value of an audit entry stands for a secret or for personal data. */
export function isDigest(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith(digestPrefix)
}

const catalogKinds = new Set(['careers', 'schools', 'programs', 'campaigns', 'sources'])
const recordFields = z.record(z.string(), z.json())
