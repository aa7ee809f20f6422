import * as z from 'zod'
import { findAttemptTimesFault } from '../domain/delivery/attempt-times.ts'

const commonVariables = {
  STAGE: z.string().min(1),
  CATALOG_TABLE: z.string().min(1),
  /** ARN of the one secret, `{"root": "..."}`, from which every key is derived (`house-keys.ts`). */
  SECRET_ARN: z.string().min(1),
}
const leadsTable = { LEADS_TABLE: z.string().min(1) }
const seconds = z.string().regex(/^\d+(\.\d+)?$/, 'must be a number of seconds')
// As text, since infra writes it so.
const perMinute = z.string().regex(/^[1-9]\d{0,6}$/)
/** Requests a minute with one key, and from one address. */
const keyLimit = { KEY_LIMIT_PER_MINUTE: perMinute }
const addressLimit = { ADDRESS_LIMIT_PER_MINUTE: perMinute }
/** ARN of `{"current": "...", "previous": "..."}`, which the edge sends. Absent: there is no edge. */
const edge = { EDGE_SECRET_ARN: z.string().min(1).exactOptional() }
const deliveryQueue = { DELIVERY_QUEUE_URL: z.url() }
const earlyQueue = { ...deliveryQueue, FAST_PATH: z.enum(['on', 'off']) }

/**
 * What each Lambda is told, by the path of its folder in `functions/`. Infra is typed by it, so a variable that is
 * forgotten there does not compile, and a Lambda that lacks one does not start.
 */
export const environments = {
  catalog: z.object({ STAGE: commonVariables.STAGE, CATALOG_TABLE: commonVariables.CATALOG_TABLE, ...edge }),
  capture: z.object({
    ...commonVariables,
    ...leadsTable,
    ...earlyQueue,
    ...keyLimit,
    ...addressLimit,
    ...edge,
  }),
  school: z.object({ ...commonVariables, ...leadsTable, ...earlyQueue, ...keyLimit, ...edge }),
  operator: z.object({ ...commonVariables, ...leadsTable, ...earlyQueue, ...keyLimit, ...addressLimit, ...edge }),
  'worker/deliver': z
    .object({
      ...commonVariables,
      ...leadsTable,
      MAIL_FROM: z.email(),
      MAIL_SET: z.string().min(1),
      DEADLINE_SECONDS: seconds,
      LEASE_SECONDS: seconds,
    })
    .superRefine(refuseShortLease),
  'worker/bounce': z.object({ STAGE: commonVariables.STAGE, ...leadsTable }),
  'worker/offer': z.object({ ...commonVariables, ...leadsTable }),
  'worker/erase': z.object({ ...commonVariables, ...leadsTable }),
  'worker/retain': z.object({
    ...commonVariables,
    ...leadsTable,
    RETENTION_DAYS: z.string().regex(/^(never|[1-9]\d{0,4})$/),
  }),
  'worker/replay': z.object({
    STAGE: commonVariables.STAGE,
    CATALOG_TABLE: commonVariables.CATALOG_TABLE,
    ...leadsTable,
  }),
  'worker/reconcile': z.object({
    STAGE: commonVariables.STAGE,
    CATALOG_TABLE: commonVariables.CATALOG_TABLE,
    ...leadsTable,
  }),
  'worker/roll-up': z.object({ STAGE: commonVariables.STAGE, ...leadsTable }),
  'worker/sweep': z.object({ STAGE: commonVariables.STAGE, ...leadsTable, ...deliveryQueue }),
} as const

/** After how many days people are forgotten; absent: never. */
export function parseRetentionDays({ RETENTION_DAYS }: { RETENTION_DAYS: string }): number | undefined {
  return RETENTION_DAYS === 'never' ? undefined : Number(RETENTION_DAYS)
}

/** @throws through zod where a lease could end under a living attempt. */
function refuseShortLease(variables: Parameters<typeof parseAttemptTimes>[0], context: z.core.$RefinementCtx): void {
  const problem = findAttemptTimesFault(parseAttemptTimes(variables))
  if (problem !== undefined) context.addIssue({ code: 'custom', path: ['LEASE_SECONDS'], message: problem })
}

export function parseAttemptTimes({
  DEADLINE_SECONDS,
  LEASE_SECONDS,
}: {
  DEADLINE_SECONDS: string
  LEASE_SECONDS: string
}) {
  return { deadlineSeconds: Number(DEADLINE_SECONDS), leaseSeconds: Number(LEASE_SECONDS) }
}

export type LambdaName = keyof typeof environments
export type Environment<Name extends LambdaName> = z.output<(typeof environments)[Name]>

/** @throws where a variable is missing, naming it. */
export function parseEnvironment<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  variables: { [name: string]: string | undefined },
) {
  const parsed = schema.safeParse(variables)
  if (!parsed.success) throw new Error(`The environment of this Lambda is not right: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
