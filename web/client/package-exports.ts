// What the package exports beside the client itself, which is made from the contract (cli/client).
export { renderConsentText } from '../form/consent-text.ts'
export { createIdempotencyKey, sha256 } from '../widget/hex.ts'
export type { CallOptions, LeadOptions, PublisherClientOptions, TraceOptions } from './client-options.ts'
export { type ErrorCode, type InvalidField, NoResponseError, ProblemError } from './problem-error.ts'
