export type PublisherClientOptions = {
  /** Origin of the API, such as `https://api.example`. */
  baseUrl: string
  /** The publishable key of your source (`pk_...`), for pages. */
  sourceKey?: string | undefined
  /** The secret key of your source (`sk_...`). For servers only: browsers refuse to send it. */
  secretKey?: string | undefined
  /** Absent: the `fetch` of the platform. */
  fetch?: typeof fetch | undefined
  /** How often a request is sent again after 429, a status of 500 or more, or no response. Absent: 3. */
  maxRetries?: number | undefined
  /** The longest wait before one retry. If `Retry-After` asks for more, the error is thrown at once. Absent: 30. */
  maxWaitSeconds?: number | undefined
  /** How long one attempt may take. Absent: 30. */
  timeoutSeconds?: number | undefined
}

export type CallOptions = {
  /** Ends the call, also while it waits. The call throws the reason of the signal. */
  signal?: AbortSignal | undefined
}
export type TraceOptions = CallOptions & {
  /** W3C Trace Context. Webhooks to schools carry its trace ID. */
  traceparent?: string | undefined
}
export type LeadOptions = TraceOptions & {
  /** Your own ID of the form, the same for each retry. Absent: a random one for this call, in the error if it fails. */
  idempotencyKey?: string | undefined
}
