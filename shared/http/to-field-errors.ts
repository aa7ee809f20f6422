import type * as z from 'zod'
import type { FieldError } from '../contract/problems.ts'
import { isPayByEnrollment, payByEnrollmentSentence } from '../domain/reporting/pay-by-enrollment.ts'
import { requiredSentence } from './describe-issue.ts'

type Issue = z.core.$ZodIssue
type Locate = (path: readonly PropertyKey[]) => string

/** Formats the pointer of a field error for each part of a request. */
export const locate = {
  body: (path) => path.map((step) => `/${shorten(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  query: (path) => `?${path.map(shorten).join('.')}`,
  params: (path) => `{${path.map(shorten).join('.')}}`,
  headers: (path) => path.map(shorten).join('.'),
} satisfies { [part: string]: Locate }

/** Converts issues of a parse with `describeIssue` to field errors, without repeating what was sent. */
export function toFieldErrors(
  issues: readonly Issue[],
  toPointer: Locate,
  parentPath: readonly PropertyKey[] = [],
): FieldError[] {
  return issues.flatMap((issue) => {
    const path = [...parentPath, ...issue.path]
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          pointer: toPointer([...path, key]),
          code: 'unknown_field',
          detail: isPayByEnrollment(key) ? payByEnrollmentSentence : 'is not a field of this request',
        }))
      case 'invalid_union': {
        const [closest] = issue.errors.toSorted((a, b) => countOwnErrors(a) - countOwnErrors(b) || a.length - b.length)
        return closest ? toFieldErrors(closest, toPointer, path) : [toFieldError(issue, toPointer(path), issue.message)]
      }
      case 'invalid_key':
        return [toFieldError(issue, toPointer(path), 'has a name that is not allowed')]
      default:
        return [toFieldError(issue, toPointer(path), issue.message)]
    }
  })
}

// The intended variant of a union is the one with the fewest missing fields of its own.
function countOwnErrors(issues: readonly Issue[]): number {
  return issues.filter((issue) => issue.path.length === 0 || (issue.path.length === 1 && isMissing(issue))).length
}

function toFieldError(issue: Issue, pointer: string, detail: string): FieldError {
  return isMissing(issue)
    ? { pointer, code: 'required', detail: requiredSentence }
    : { pointer, code: issue.code, detail }
}

// An unknown field name may be of any length.
function shorten(step: PropertyKey): string {
  return String(step).slice(0, 80)
}

function isMissing({ message }: Issue): boolean {
  return message === requiredSentence
}
