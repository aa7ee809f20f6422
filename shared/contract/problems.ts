import * as z from 'zod'

/**
 * Every error that a caller may read. Codes are stable; titles may change. A client may send the same request again after
 * any 503 with `Retry-After`: nothing was written.
 */
export const problems = {
  MALFORMED_JSON: { status: 400, title: 'The body is not JSON' },
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, title: 'The Idempotency-Key header is missing' },
  KEY_REQUIRED: { status: 401, title: 'A key is needed' },
  KEY_INVALID: { status: 401, title: 'The key is not valid' },
  KEY_READ_ONLY: { status: 403, title: 'The key may read and not write' },
  EDGE_REQUIRED: { status: 403, title: 'This is not the public address' },
  ORIGIN_NOT_ALLOWED: { status: 403, title: 'The key may not be used from this page' },
  ROUTE_NOT_FOUND: { status: 404, title: 'There is nothing at this address' },
  NOT_FOUND: { status: 404, title: 'There is no such record' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method does not fit the address' },
  TOO_MANY_KEYS: { status: 409, title: 'There are enough live keys already' },
  NOT_DELIVERED: { status: 409, title: 'The school does not have the lead' },
  NOT_RETURNABLE: { status: 409, title: 'The delivery is not to be returned' },
  RETURN_TOO_LATE: { status: 409, title: 'The time for a return is over' },
  RETURN_EXISTS: { status: 409, title: 'Another return of the lead stands already' },
  RETURN_NOT_PENDING: { status: 409, title: 'No return of the lead waits for a decision' },
  NOT_REPLAYABLE: { status: 409, title: 'The delivery is not to be replayed' },
  CAP_REACHED: { status: 409, title: 'A cap has no room left' },
  NOT_QUARANTINED: { status: 409, title: 'The lead is not in the quarantine' },
  LEAD_TOO_OLD: { status: 409, title: 'The lead is too old to be offered' },
  STILL_NEEDED: { status: 409, title: 'Other records still need this one' },
  TOO_MANY_SECRETS: { status: 409, title: 'Too many webhook secrets are live' },
  LEAD_ERASED: { status: 410, title: 'The person was forgotten' },
  LINK_USED: { status: 410, title: 'The link is used up' },
  VERSION_CONFLICT: { status: 412, title: 'The record has changed meanwhile' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body must be application/json' },
  INVALID_REQUEST: { status: 422, title: 'Some fields are not right' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The Idempotency-Key came with another body before' },
  MATCH_INVALID: { status: 422, title: 'The matchId is not one of ours' },
  MATCH_EXPIRED: { status: 422, title: 'The matchId has expired' },
  CONSENT_MISMATCH: { status: 422, title: 'The consent is not for the text that was shown' },
  SCHOOL_UNKNOWN: { status: 422, title: 'A school is not one of those shown' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  FAULT: { status: 500, title: 'Something went wrong on our side' },
  CONFLICT_RETRY: { status: 503, title: 'Concurrent update, retry' },
  THROTTLED: { status: 503, title: 'Database throttled, retry' },
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
