import * as z from 'zod'
import { secondFactorPolicy } from '../domain/access/second-factor.ts'
import { findAttemptTimesFault } from '../domain/delivery/attempt-times.ts'

// The variables that Lambdas read, in groups. Infra writes every value as text.
const text = z.string().min(1)
const seconds = z.string().regex(/^\d+(\.\d+)?$/, 'must be a number of seconds')
const perMinute = z.string().regex(/^[1-9]\d{0,6}$/, 'must be a number of requests per minute')

/** `MAINTENANCE`: `on` refuses every write, while tables are restored. */
export const deployment = { STAGE: text, MAINTENANCE: z.enum(['on', 'off']) }
export const catalogTable = { CATALOG_TABLE: text }
export const leadsTable = { LEADS_TABLE: text }
/** ARN of the secret `{"root": "..."}` that every key is derived from (`derive-keys.ts`). */
export const rootSecret = { SECRET_ARN: text }
export const keyLimit = { KEY_LIMIT_PER_MINUTE: perMinute }
export const addressLimit = { ADDRESS_LIMIT_PER_MINUTE: perMinute }
/** ARN of `{"current": "...", "previous": "..."}`, the values that the edge proves itself with. Absent: there is no edge. */
export const edgeSecret = { EDGE_SECRET_ARN: text.exactOptional() }
export const deliveryQueue = { DELIVERY_QUEUE_URL: z.url() }
export const earlyQueue = { ...deliveryQueue, EARLY_QUEUE: z.enum(['on', 'off']) }
export const mail = { MAIL_FROM: z.email(), MAIL_CONFIGURATION_SET: text }
/** The origin at which people reach the stage, such as `https://leads.example.org`. Absent: no emails with a link are sent. */
export const publicUrl = { PUBLIC_URL: z.url().exactOptional() }
/** The OpenID provider of staff; its secret is `oidcClientSecret` of the service secret. Absent: staff sign in by email only. */
export const signIn = {
  OIDC_ISSUER: z.url().exactOptional(),
  OIDC_CLIENT_ID: text.exactOptional(),
  OIDC_NAME: text.exactOptional(),
  SECOND_FACTOR: secondFactorPolicy,
}
export const retention = { RETENTION_DAYS: z.string().regex(/^(never|[1-9]\d{0,4})$/) }
export const attemptTimeVariables = { DEADLINE_SECONDS: seconds, LEASE_SECONDS: seconds }

type AttemptTimeVariables = { DEADLINE_SECONDS: string; LEASE_SECONDS: string }

export function parseAttemptTimes({ DEADLINE_SECONDS, LEASE_SECONDS }: AttemptTimeVariables) {
  return { deadlineSeconds: Number(DEADLINE_SECONDS), leaseSeconds: Number(LEASE_SECONDS) }
}

/** Adds an issue if a lease could end while its attempt is still running. */
export function refuseShortLease(variables: AttemptTimeVariables, context: z.core.$RefinementCtx): void {
  const problem = findAttemptTimesFault(parseAttemptTimes(variables))
  if (problem !== undefined) context.addIssue({ code: 'custom', path: ['LEASE_SECONDS'], message: problem })
}

/** After how many days personal data is erased; undefined: never. */
export function parseRetentionDays({ RETENTION_DAYS }: { RETENTION_DAYS: string }): number | undefined {
  return RETENTION_DAYS === 'never' ? undefined : Number(RETENTION_DAYS)
}
