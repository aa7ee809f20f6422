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

function formatText({ deliveryId: _deliveryId, number: _number, ...others }: Attempt): string {
  return JSON.stringify(others)
}

function parseFirstAttempt({ deliveryId, firstAttempt }: Row): Attempt | undefined {
  return typeof firstAttempt === 'string'
    ? attemptRow.parse({ ...JSON.parse(firstAttempt), deliveryId, number: 1 })
    : undefined
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
