import type { ProblemCode } from './problems.ts'
import { getRequiredAccess, type Route } from './route.ts'

/** Every problem that a route may return: those that it names, and those that follow from its shape. */
export function listProblems(route: Route): ProblemCode[] {
  const { caller, params, query, headers, body, problems = [] } = route
  const codes: ProblemCode[] = [...problems]
  if (caller === 'person') codes.push('SESSION_INVALID', 'TOO_MANY_REQUESTS')
  else if (caller !== 'anyone') codes.push('KEY_REQUIRED', 'KEY_INVALID', 'TOO_MANY_REQUESTS')
  if (hasScopes(caller) || route.secretKey) codes.push('SESSION_INVALID', 'ROLE_NOT_ALLOWED')
  if (caller === 'operator') codes.push('SECOND_FACTOR_REQUIRED', 'SECOND_FACTOR_SETUP_REQUIRED')
  if (caller === 'person' && !route.withoutSecondFactor) codes.push('SECOND_FACTOR_REQUIRED')
  if (hasScopes(caller) && getRequiredAccess(route) === 'write') codes.push('KEY_READ_ONLY')
  if (route.secretKey) codes.push('SECRET_KEY_REQUIRED')
  if (body) codes.push('MALFORMED_JSON', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE')
  if (params || query || headers || body) codes.push('INVALID_REQUEST')
  codes.push('FAULT', 'CONFLICT_RETRY', 'THROTTLED', 'UNAVAILABLE')
  return [...new Set(codes)]
}

// Only school and staff keys can be read-only. People of a publisher sign in where its secret key is needed.
function hasScopes(caller: Route['caller']): boolean {
  return caller === 'school' || caller === 'operator'
}
