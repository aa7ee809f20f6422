import type * as z from 'zod'
import type { FieldError } from '../contract/problems.ts'

type Issue = z.core.$ZodIssue
type Locate = (path: readonly PropertyKey[]) => string

/** Where a part of a request stands, as its errors point to it. */
export const locate = {
  body: (path) => path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  query: (path) => `?${path.map(String).join('.')}`,
  params: (path) => `{${path.map(String).join('.')}}`,
  headers: (path) => path.map(String).join('.'),
} satisfies { [part: string]: Locate }

/** What is wrong with a request, field by field, without repeating what was sent. */
export function fieldErrors(issues: readonly Issue[], where: Locate, above: readonly PropertyKey[] = []): FieldError[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path]
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          pointer: where([...path, key.slice(0, 80)]),
          code: 'unknown_field',
          detail: 'is not a field of this request',
        }))
      case 'invalid_union': {
        const [closest] = issue.errors.toSorted((a, b) => a.length - b.length)
        return closest ? fieldErrors(closest, where, path) : [told(issue, where(path), 'is not of any known form')]
      }
      case 'invalid_key':
        return [told(issue, where(path), 'has a name that is not allowed')]
      default:
        return [told(issue, where(path), issue.message)]
    }
  })
}

function told({ code, message }: Issue, pointer: string, detail: string): FieldError {
  return message.endsWith('received undefined')
    ? { pointer, code: 'required', detail: 'is required' }
    : { pointer, code, detail }
}
