import { Refusal } from '../contract/problems.ts'

/** How long clients wait before they send a write again. */
const retryAfterSeconds = 60

/** Whether a request may write. Reads are answered during maintenance. */
export function isWriteMethod(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
}

/** The refusal of a write during maintenance. Nothing was written, so the same request may be sent again. */
export function createMaintenanceRefusal(detail: string, cause?: unknown): Refusal {
  return new Refusal('UNAVAILABLE', detail, { headers: { 'retry-after': String(retryAfterSeconds) }, cause })
}
