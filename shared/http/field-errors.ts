import type * as z from 'zod'
import type { FieldError } from '../contract/problems.ts'

type Issue = z.core.$ZodIssue
type Locate = (path: readonly PropertyKey[]) => string

/** Where a part of a request stands, as its errors point to it. */
export const locate = {
  body: (path) => path.map((step) => `/${short(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  query: (path) => `?${path.map(short).join('.')}`,
  params: (path) => `{${path.map(short).join('.')}}`,
  headers: (path) => path.map(short).join('.'),
} satisfies { [part: string]: Locate }

/** What is wrong with a request, field by field, without repeating what was sent. */
export function fieldErrors(issues: readonly Issue[], where: Locate, above: readonly PropertyKey[] = []): FieldError[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path]
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          pointer: where([...path, key]),
          code: 'unknown_field',
          detail: 'is not a field of this request',
        }))
      case 'invalid_union': {
        const [closest] = issue.errors.toSorted((a, b) => ownFaults(a) - ownFaults(b) || a.length - b.length)
        return closest ? fieldErrors(closest, where, path) : [told(issue, where(path), 'is not of any known form')]
      }
      case 'invalid_key':
        return [told(issue, where(path), 'has a name that is not allowed')]
      default:
        return [told(issue, where(path), issue.message)]
    }
  })
}

// The form that was meant is the one whose own fields are there, however much is wrong within them.
function ownFaults(issues: readonly Issue[]): number {
  return issues.filter((issue) => issue.path.length === 0 || (issue.path.length === 1 && isMissing(issue))).length
}

function told(issue: Issue, pointer: string, detail: string): FieldError {
  return isMissing(issue) ? { pointer, code: 'required', detail: 'is required' } : { pointer, code: issue.code, detail }
}

// A name that the caller made up may be of any length.
function short(step: PropertyKey): string {
  return String(step).slice(0, 80)
}

function isMissing({ message }: Issue): boolean {
  return message.endsWith('received undefined')
}
