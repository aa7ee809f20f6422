import * as z from 'zod'

/**
 * Every error that a caller may read. Codes are stable; titles may change. A client may send the same request again after
 * any 503 with `Retry-After`: nothing was written.
 */
export const problems = {
  MALFORMED_JSON: { status: 400, title: 'Malformed JSON' },
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, title: 'Idempotency-Key header missing' },
  KEY_REQUIRED: { status: 401, title: 'API key required' },
  KEY_INVALID: { status: 401, title: 'Invalid API key' },
  SESSION_INVALID: { status: 401, title: 'Not signed in' },
  ROLE_NOT_ALLOWED: { status: 403, title: 'Not allowed for your role' },
  APP_HEADER_REQUIRED: { status: 403, title: 'Not sent by the console or the portal' },
  LINK_OTHER_BROWSER: { status: 403, title: 'Link of another browser' },
  SECOND_FACTOR_REQUIRED: { status: 403, title: 'Code of the authenticator app missing' },
  SECOND_FACTOR_SETUP_REQUIRED: { status: 403, title: 'Authenticator app not set up' },
  OWN_SECOND_FACTOR: { status: 403, title: 'Own authenticator app' },
  PROVIDER_REFUSED: { status: 403, title: 'Sign-in provider signed no one in' },
  PROVIDER_EMAIL_UNKNOWN: { status: 403, title: 'No one signs in here with this email' },
  KEY_READ_ONLY: { status: 403, title: 'API key is read-only' },
  SECRET_KEY_REQUIRED: { status: 403, title: 'Secret API key required' },
  FIREWALL_BLOCKED: { status: 403, title: 'Blocked by the firewall' },
  EDGE_REQUIRED: { status: 403, title: 'Not the public address of the API' },
  SOURCE_PAUSED: { status: 403, title: 'Source is paused' },
  ORIGIN_NOT_ALLOWED: { status: 403, title: 'Origin not allowed for this key' },
  ROUTE_NOT_FOUND: { status: 404, title: 'Route not found' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method not allowed' },
  TOO_MANY_KEYS: { status: 409, title: 'Too many active keys' },
  TOO_MANY_SESSIONS: { status: 409, title: 'Too many active sessions and keys' },
  TOO_MANY_LINKS: { status: 409, title: 'Too many unopened portal links' },
  EMAIL_TAKEN: { status: 409, title: 'Email already in use' },
  TOO_MANY_PEOPLE: { status: 409, title: 'Too many people' },
  PERSON_DISABLED: { status: 409, title: 'Person is disabled' },
  LAST_OWNER: { status: 409, title: 'Last active owner' },
  NOT_A_SESSION: { status: 409, title: 'API key is not a session' },
  NOT_DELIVERED: { status: 409, title: 'Lead not delivered to this school' },
  NOT_TAKEABLE: { status: 409, title: 'Lead cannot be opened' },
  DELIVERY_IN_PROGRESS: { status: 409, title: 'Lead is being sent right now' },
  NOT_RETURNABLE: { status: 409, title: 'Delivery cannot be returned' },
  DISPOSITION_FINAL: { status: 409, title: 'Disposition can no longer be undone' },
  RETURN_LIMIT_REACHED: { status: 409, title: 'No more returns this month' },
  RETURN_TOO_LATE: { status: 409, title: 'Return period is over' },
  RETURN_EXISTS: { status: 409, title: 'A return already exists for this lead' },
  RETURN_NOT_PENDING: { status: 409, title: 'No return of this lead is waiting for a decision' },
  NOT_REPLAYABLE: { status: 409, title: 'Delivery cannot be replayed' },
  CAP_REACHED: { status: 409, title: 'Cap reached' },
  NOT_QUARANTINED: { status: 409, title: 'Lead is not in quarantine' },
  LEAD_TOO_OLD: { status: 409, title: 'Lead is too old to be offered' },
  NOT_REVERSIBLE: { status: 409, title: 'Ledger entry cannot be reversed' },
  ALREADY_LIFTED: { status: 409, title: 'Suppression was already lifted' },
  STILL_NEEDED: { status: 409, title: 'Other records still refer to this one' },
  STAFF_PAUSED: { status: 409, title: 'Paused by staff' },
  TOO_MANY_SECRETS: { status: 409, title: 'Too many active webhook secrets' },
  LEAD_ERASED: { status: 410, title: 'Personal data was deleted' },
  LINK_USED: { status: 410, title: 'Link already used' },
  LINK_EXPIRED: { status: 410, title: 'Link expired' },
  LINK_REVOKED: { status: 410, title: 'Link was revoked' },
  PROVIDER_SIGN_IN_EXPIRED: { status: 410, title: 'Sign-in at the provider expired' },
  VERSION_CONFLICT: { status: 412, title: 'Record changed since it was read' },
  BODY_TOO_LARGE: { status: 413, title: 'Body too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Content type or encoding not supported' },
  INVALID_REQUEST: { status: 422, title: 'Validation failed' },
  CODE_WRONG: { status: 422, title: 'Wrong code' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'Idempotency-Key was used with another body' },
  MATCH_INVALID: { status: 422, title: 'Invalid matchId' },
  MATCH_EXPIRED: { status: 422, title: 'matchId expired' },
  CONSENT_MISMATCH: { status: 422, title: 'Consent does not match the text that was shown' },
  LINK_UNKNOWN: { status: 422, title: 'Unknown portal link' },
  SCHOOL_UNKNOWN: { status: 422, title: 'School was not shown in the match' },
  PRECONDITION_REQUIRED: { status: 428, title: 'If-Match header required' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  CODES_LOCKED: { status: 429, title: 'Too many wrong codes' },
  FAULT: { status: 500, title: 'Internal error' },
  CONFLICT_RETRY: { status: 503, title: 'Concurrent update, retry' },
  THROTTLED: { status: 503, title: 'Database throttled, retry' },
  PROVIDER_UNAVAILABLE: { status: 503, title: 'Sign-in provider does not answer' },
  UNAVAILABLE: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies { [code: string]: { status: number; title: string } }

export type ProblemCode = keyof typeof problems

export const fieldError = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON Pointer into the body; `?name`, `{name}` or a header name elsewhere.' }),
    code: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'FieldError', example: { pointer: '/contact/phone', code: 'invalid_phone', detail: 'must be ...' } })
export type FieldError = z.output<typeof fieldError>

/** RFC 9457. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    instance: z.string().optional().meta({ description: 'The request id, or the incident id of a fault.' }),
    errors: z.array(fieldError).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.output<typeof problem>

/** An error that the caller may read. Any other error is a fault: it is logged, and its details stay private. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: ProblemCode
  readonly detail: string
  readonly errors: FieldError[]
  readonly headers: { [name: string]: string }

  constructor(
    code: ProblemCode,
    detail: string,
    options: { errors?: FieldError[]; headers?: { [name: string]: string }; cause?: unknown } = {},
  ) {
    super(`${code}: ${detail}`, { cause: options.cause })
    this.code = code
    this.detail = detail
    this.errors = options.errors ?? []
    this.headers = options.headers ?? {}
  }
}

/** A refusal that lists each invalid field and what it must be. */
export function invalidFields(errors: FieldError[]): Refusal {
  return new Refusal('INVALID_REQUEST', 'See `errors` for each field and what it must be.', { errors })
}
