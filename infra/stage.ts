import { RemovalPolicy } from 'aws-cdk-lib'
import { PriceClass } from 'aws-cdk-lib/aws-cloudfront'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { type AttemptTimes, attemptTimes, findAttemptTimesFault } from '#shared/domain/delivery/attempt-times.ts'
import { rateLimits } from '#shared/platform/rate-limits.ts'

export type DeploymentStage = {
  name: string
  /** Whether tables, keys, secrets and logs are deleted with their stack. */
  removal: RemovalPolicy
  /** Deletion protection of the tables, and termination protection of their stack. */
  isProtected: boolean
  logRetention: RetentionDays
  requestsPerSecond: number
  burst: number
  /** The rate limits of matches and leads. */
  rateLimits: { perAddress: number; perKey: number }
  /** The firewall's limit of requests from one address in five minutes. */
  perAddressInFiveMinutes: number
  /** Which CloudFront locations are used. Visitors are in the United States. */
  priceClass: PriceClass
  /** How many deliveries may run at the same time; SQS allows no less than 2. */
  concurrentDeliveries: number
  attemptTimes: AttemptTimes
  /** `off`: new deliveries wait a few seconds for the sweeper instead of being queued at once. */
  earlyQueue: 'on' | 'off'
  /** After how many days personal data is erased. The setting `retentionDays` overrides it. */
  retentionDays: number | 'never'
  /** A placeholder. The setting `mailFrom` overrides it with a sender that SES has verified. */
  mailFrom: string
}

/** The only region for CloudFront's firewalls, certificates and logs. */
export const edgeRegion = 'us-east-1'

/** Everything that differs between the stages. */
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

/** @throws Error if no stage has this name. */
export function getStage(name: unknown): DeploymentStage {
  const stage = Object.values(stages).find((stage) => stage.name === name)
  if (!stage) throw new Error(`There is no stage "${name}". Use -c stage=${Object.keys(stages).join(' or -c stage=')}.`)
  return stage
}

/** @throws Error if a lease could end while its attempt is still running. */
export function toAttemptTimeVariables({ attemptTimes }: DeploymentStage) {
  const fault = findAttemptTimesFault(attemptTimes)
  if (fault !== undefined) throw new Error(fault)
  const { deadlineSeconds, leaseSeconds } = attemptTimes
  return { DEADLINE_SECONDS: String(deadlineSeconds), LEASE_SECONDS: String(leaseSeconds) }
}
