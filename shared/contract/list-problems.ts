import type { ProblemCode } from './problems.ts'
import { getRequiredAccess, type Route } from './route.ts'

/** Every problem that a route may answer with: those that it names, and those that follow from its shape. */
export function listProblems(route: Route): ProblemCode[] {
  const { caller, params, query, headers, body, problems = [] } = route
  const codes: ProblemCode[] = [...problems]
  if (caller !== 'anyone') codes.push('KEY_REQUIRED', 'KEY_UNKNOWN', 'TOO_MANY_REQUESTS')
  if (hasScopes(caller) && getRequiredAccess(route) === 'write') codes.push('KEY_READ_ONLY')
  if (body) codes.push('MALFORMED_JSON', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE')
  if (params || query || headers || body) codes.push('INVALID_REQUEST')
  codes.push('FAULT', 'BUSY')
  return [...new Set(codes)]
}

// Only the keys of schools and of staff are of more than one scope.
function hasScopes(caller: Route['caller']): boolean {
  return caller === 'school' || caller === 'operator'
}
