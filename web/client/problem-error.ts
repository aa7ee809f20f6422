import type { ProblemCode } from '../../shared/contract/problems.ts'

/** One invalid field: a JSON Pointer into the body, or `?name`, `{name}` or a header name elsewhere. */
export type InvalidField = { pointer: string; code: string; detail: string }

/** A code of the API, or `UNEXPECTED_RESPONSE` if something between you and the API responded. New codes may be added. */
export type ErrorCode = ProblemCode | 'UNEXPECTED_RESPONSE' | (string & {})

type ErrorDetails = {
  status: number
  code: ErrorCode
  title: string
  detail?: string | undefined
  errors?: readonly InvalidField[] | undefined
  instance?: string | undefined
  retryAfterSeconds?: number | undefined
  idempotencyKey?: string | undefined
}

/** The API refused the request (RFC 9457). Decide by `code`; `detail` is for engineers. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly status: number
  readonly code: ErrorCode
  readonly title: string
  readonly detail: string | undefined
  /** The invalid fields; empty if the problem is not about fields. */
  readonly errors: readonly InvalidField[]
  /** The ID to name in a question to support. */
  readonly instance: string | undefined
  /** How long the API asks to wait before the request is sent again. */
  readonly retryAfterSeconds: number | undefined
  /** The key of a lead: send the same lead with it again, and it is stored once. */
  readonly idempotencyKey: string | undefined

  constructor({ status, code, title, detail, errors = [], instance, ...others }: ErrorDetails) {
    super([`${status} ${code}: ${title}`, detail].filter(Boolean).join('. '))
    this.status = status
    this.code = code
    this.title = title
    this.detail = detail
    this.errors = errors
    this.instance = instance
    this.retryAfterSeconds = others.retryAfterSeconds
    this.idempotencyKey = others.idempotencyKey
  }
}

/** No response arrived, so it is unknown whether the API received the request. `cause` is the error of `fetch`. */
export class NoResponseError extends Error {
  override name = 'NoResponseError'
  /** The key of a lead: send the same lead with it again, and it is stored once. */
  readonly idempotencyKey: string | undefined

  constructor(message: string, { cause, idempotencyKey }: { cause?: unknown; idempotencyKey?: string | undefined }) {
    super(message, { cause })
    this.idempotencyKey = idempotencyKey
  }
}
