import type { FieldError } from '../contract/problems.ts'
import { isPrintable, printableMessage } from '../domain/vocabulary.ts'
import { locate } from './to-field-errors.ts'

/** Every text of a body that hides something: NUL and other control characters, and marks that reorder what is shown. */
export function findForbiddenText(value: unknown, path: readonly PropertyKey[] = []): FieldError[] {
  if (typeof value === 'string')
    return isPrintable(value)
      ? []
      : [{ pointer: locate.body(path), code: 'forbidden_character', detail: printableMessage }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => findForbiddenText(inner, [...path, name]))
}
