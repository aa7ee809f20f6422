import { RemovalPolicy } from 'aws-cdk-lib'
import { PriceClass } from 'aws-cdk-lib/aws-cloudfront'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { type AttemptTimes, attemptTimes, findAttemptTimesFault } from '#shared/domain/delivery/attempt-times.ts'
import { rateLimits } from '#shared/platform/rate-limits.ts'

export type DeploymentStage = {
  name: string
  /** What becomes of tables, keys, the secret and logs when their stack goes. */
  removal: RemovalPolicy
  /** Whether the tables refuse to be deleted, and their stack to be destroyed. */
  isProtected: boolean
  logRetention: RetentionDays
  requestsPerSecond: number
  burst: number
  /** The rate limits of matches and leads. */
  rateLimits: { perAddress: number; perKey: number }
  /** Requests of any kind from one address, beyond which the firewall answers. */
  perAddressInFiveMinutes: number
  /** How far CloudFront reaches: visitors are in the United States. */
  priceClass: PriceClass
  /** Deliveries that may be under way at once; SQS allows no less than 2. */
  concurrentDeliveries: number
  attemptTimes: AttemptTimes
  /** `off`: new leads wait for the sweeper, a few seconds. For whoever wants to do without. */
  earlyQueue: 'on' | 'off'
  /** After how many days people are forgotten here. Until context `retentionDays` says. */
  retentionDays: number | 'never'
  /** Until context `mailFrom` names a sender that SES has verified. */
  mailFrom: string
}

/** Firewalls, certificates and logs of CloudFront are in this region and no other. */
export const edgeRegion = 'us-east-1'

/** All that differs between the stages. */
export const stages = {
  dev: {
    name: 'dev',
    removal: RemovalPolicy.DESTROY,
    isProtected: false,
    logRetention: RetentionDays.ONE_WEEK,
    requestsPerSecond: 50,
    burst: 100,
    rateLimits: rateLimits.dev,
    perAddressInFiveMinutes: 2000,
    priceClass: PriceClass.PRICE_CLASS_100,
    concurrentDeliveries: 5,
    attemptTimes,
    earlyQueue: 'on',
    retentionDays: 'never',
    mailFrom: 'leads@dev.prospectus.example',
  },
  prod: {
    name: 'prod',
    removal: RemovalPolicy.RETAIN,
    isProtected: true,
    logRetention: RetentionDays.THREE_MONTHS,
    requestsPerSecond: 500,
    burst: 1000,
    rateLimits: rateLimits.prod,
    perAddressInFiveMinutes: 2000,
    priceClass: PriceClass.PRICE_CLASS_100,
    concurrentDeliveries: 50,
    attemptTimes,
    earlyQueue: 'on',
    retentionDays: 'never',
    mailFrom: 'leads@prospectus.example',
  },
} as const satisfies { [name: string]: DeploymentStage }

/** @throws for a name that is no stage. */
export function getStage(name: unknown): DeploymentStage {
  const stage = Object.values(stages).find((stage) => stage.name === name)
  if (!stage) throw new Error(`There is no stage "${name}". Use -c stage=${Object.keys(stages).join(' or -c stage=')}.`)
  return stage
}

/** @throws where a lease could end under a living attempt. */
export function toAttemptTimeVariables({ attemptTimes }: DeploymentStage) {
  const fault = findAttemptTimesFault(attemptTimes)
  if (fault !== undefined) throw new Error(fault)
  const { deadlineSeconds, leaseSeconds } = attemptTimes
  return { DEADLINE_SECONDS: String(deadlineSeconds), LEASE_SECONDS: String(leaseSeconds) }
}
