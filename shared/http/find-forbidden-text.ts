import type { FieldError } from '../contract/problems.ts'
import { isPrintable, printableMessage } from '../domain/vocabulary.ts'
import { locate } from './to-field-errors.ts'

/** Returns an error for each text of a body with control characters or with marks that reorder displayed text. */
export function findForbiddenText(value: unknown, path: readonly PropertyKey[] = []): FieldError[] {
  if (typeof value === 'string')
    return isPrintable(value)
      ? []
      : [{ pointer: locate.body(path), code: 'forbidden_character', detail: printableMessage }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => findForbiddenText(inner, [...path, name]))
}
