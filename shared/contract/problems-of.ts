import type { ProblemCode } from './problems.ts'
import type { Route } from './route.ts'

/** Every problem that a route may answer with: those that it names, and those that follow from its shape. */
export function problemsOf({ caller, params, query, headers, body, problems = [] }: Route): ProblemCode[] {
  const codes: ProblemCode[] = [...problems]
  if (caller !== 'anyone') codes.push('KEY_REQUIRED', 'KEY_UNKNOWN')
  if (body) codes.push('MALFORMED_JSON', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE')
  if (params || query || headers || body) codes.push('INVALID_REQUEST')
  codes.push('FAULT', 'BUSY')
  return [...new Set(codes)]
}
