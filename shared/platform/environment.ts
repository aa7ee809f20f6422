import * as z from 'zod'
import { faultOfTimes } from '../domain/delivery/attempt-times.ts'

const everyone = {
  STAGE: z.string().min(1),
  CATALOG_TABLE: z.string().min(1),
  /** ARN of the one secret, `{"root": "..."}`, from which every key is derived (`house-keys.ts`). */
  SECRET_ARN: z.string().min(1),
}
const people = { LEADS_TABLE: z.string().min(1) }
const seconds = z.string().regex(/^\d+(\.\d+)?$/, 'must be a number of seconds')
// As text, since infra writes it so.
const perMinute = z.string().regex(/^[1-9]\d{0,6}$/)
/** Requests a minute with one key, and from one address. */
const keyLimit = { KEY_LIMIT_PER_MINUTE: perMinute }
const addressLimit = { ADDRESS_LIMIT_PER_MINUTE: perMinute }
/** ARN of `{"current": "...", "previous": "..."}`, which the edge sends. Absent: there is no edge. */
const edge = { EDGE_SECRET_ARN: z.string().min(1).exactOptional() }
const toQueue = { DELIVERY_QUEUE_URL: z.url() }
const onFastPath = { ...toQueue, FAST_PATH: z.enum(['on', 'off']) }

/**
 * What each Lambda is told, by the path of its folder in `functions/`. Infra is typed by it, so a variable that is
 * forgotten there does not compile, and a Lambda that lacks one does not start.
 */
export const environments = {
  catalog: z.object({ STAGE: everyone.STAGE, CATALOG_TABLE: everyone.CATALOG_TABLE, ...edge }),
  capture: z.object({
    ...everyone,
    ...people,
    ...onFastPath,
    ...keyLimit,
    ...addressLimit,
    ...edge,
  }),
  school: z.object({ ...everyone, ...people, ...onFastPath, ...keyLimit, ...edge }),
  operator: z.object({ ...everyone, ...people, ...onFastPath, ...keyLimit, ...addressLimit, ...edge }),
  'worker/deliver': z
    .object({
      ...everyone,
      ...people,
      MAIL_FROM: z.email(),
      MAIL_SET: z.string().min(1),
      DEADLINE_SECONDS: seconds,
      LEASE_SECONDS: seconds,
    })
    .superRefine(refuseShortLease),
  'worker/bounce': z.object({ STAGE: everyone.STAGE, ...people }),
  'worker/offer': z.object({ ...everyone, ...people }),
  'worker/erase': z.object({ ...everyone, ...people }),
  'worker/retain': z.object({ ...everyone, ...people, RETENTION_DAYS: z.string().regex(/^(never|[1-9]\d{0,4})$/) }),
  'worker/replay': z.object({ STAGE: everyone.STAGE, CATALOG_TABLE: everyone.CATALOG_TABLE, ...people }),
  'worker/reconcile': z.object({ STAGE: everyone.STAGE, CATALOG_TABLE: everyone.CATALOG_TABLE, ...people }),
  'worker/roll-up': z.object({ STAGE: everyone.STAGE, ...people }),
  'worker/sweep': z.object({ STAGE: everyone.STAGE, ...people, ...toQueue }),
} as const

/** After how many days people are forgotten; absent: never. */
export function retentionDaysOf({ RETENTION_DAYS }: { RETENTION_DAYS: string }): number | undefined {
  return RETENTION_DAYS === 'never' ? undefined : Number(RETENTION_DAYS)
}

/** @throws through zod where a lease could end under a living attempt. */
function refuseShortLease(given: Parameters<typeof timesOf>[0], context: z.core.$RefinementCtx): void {
  const fault = faultOfTimes(timesOf(given))
  if (fault !== undefined) context.addIssue({ code: 'custom', path: ['LEASE_SECONDS'], message: fault })
}

export function timesOf({ DEADLINE_SECONDS, LEASE_SECONDS }: { DEADLINE_SECONDS: string; LEASE_SECONDS: string }) {
  return { deadlineSeconds: Number(DEADLINE_SECONDS), leaseSeconds: Number(LEASE_SECONDS) }
}

export type Lambda = keyof typeof environments
export type Environment<Name extends Lambda> = z.output<(typeof environments)[Name]>

/** @throws where a variable is missing, naming it. */
export function environmentOf<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  variables: { [name: string]: string | undefined },
) {
  const parsed = schema.safeParse(variables)
  if (!parsed.success) throw new Error(`The environment of this Lambda is not right: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
