import * as z from 'zod'
import { type Attempt, attempt } from '../../domain/delivery/delivery.ts'
import type { Row } from '../engine/engine.ts'
import { attemptKey } from '../keys.ts'
import { toItem, toRowSchema } from '../rows.ts'

// With it the row of a delivery stays below a kilobyte, by which a write is billed.
const maxTextLength = 480

/**
 * Returns the first attempt of a delivery as an attribute of its row: JSON. Undefined if it must have a row of its own,
 * like a later one or one with a long response. A text is unique to its write, because it has the ID of the attempt.
 */
export function formatFirstAttempt(fields: Attempt): string | undefined {
  const text = formatText(fields)
  return fields.number === 1 && text.length <= maxTextLength ? text : undefined
}

/** Returns the first attempt in the row of a delivery with some fields changed, if it is there. */
export function editFirstAttempt(row: Row, edit: (fields: Attempt) => Attempt): string | undefined {
  const fields = parseFirstAttempt(row)
  return fields && formatText(edit(fields))
}

/** Without what is the same in most attempts, in as few bytes as JSON allows. */
function formatText({ deliveryId: _, number: __, startedAt, endedAt, kind, request, ...others }: Attempt): string {
  return JSON.stringify({
    ...others,
    at: startedAt,
    ms: Date.parse(endedAt) - Date.parse(startedAt),
    ...(kind !== usualKind && { kind }),
    ...(request && { request: shortenRequest(request) }),
  })
}

function shortenRequest({ method, sha256, ...others }: NonNullable<Attempt['request']>) {
  return { ...(method !== usualMethod && { method }), ...others, sha256: recode(sha256, 'hex', 'base64url') }
}

/** An earlier edition stored the attempt as it is. */
function parseFirstAttempt({ deliveryId, firstAttempt }: Row): Attempt | undefined {
  if (typeof firstAttempt !== 'string') return undefined
  const stored: unknown = JSON.parse(firstAttempt)
  const short = shortAttempt.safeParse(stored).data
  if (!short) return attemptRow.parse({ ...z.looseObject({}).parse(stored), deliveryId, number: 1 })
  const { at: startedAt, ms, request, ...others } = short
  const endedAt = new Date(Date.parse(startedAt) + ms).toISOString()
  return attemptRow.parse({
    ...{ kind: usualKind, ...others, startedAt, endedAt, deliveryId, number: 1 },
    ...(request && {
      request: { method: usualMethod, ...request, sha256: recode(request.sha256, 'base64url', 'hex') },
    }),
  })
}

const usualKind = 'webhook'
const usualMethod = 'POST'
const shortAttempt = z.looseObject({
  at: z.string(),
  ms: z.int(),
  request: z.looseObject({ sha256: z.string() }).optional(),
})

function recode(text: string, from: 'hex' | 'base64url', to: 'hex' | 'base64url'): string {
  return Buffer.from(text, from).toString(to)
}

/** Returns the rows of a delivery with its first attempt as a row of its own, as an earlier edition stored it. */
export function splitFirstAttempt(row: Row): Row[] {
  const fields = parseFirstAttempt(row)
  if (!fields) return [row]
  const { firstAttempt: _firstAttempt, ...others } = row
  return [
    { ...attemptKey(fields.deliveryId, 1), ...toItem(fields) },
    { ...others, pk: row.pk, sk: row.sk },
  ]
}

export const attemptRow = toRowSchema(attempt)
