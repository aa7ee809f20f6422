import { RemovalPolicy } from 'aws-cdk-lib'
import { PriceClass } from 'aws-cdk-lib/aws-cloudfront'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { readContextOverrides } from '#infra/context-overrides.ts'
import { readStageFile, type StageFile, stageFolder } from '#infra/stage-file.ts'
import { type AttemptTimes, attemptTimes, findAttemptTimesFault } from '#shared/domain/delivery/attempt-times.ts'
import { firewallLimits, rateLimits } from '#shared/platform/rate-limits.ts'
import type { Table } from '#shared/store/keys.ts'

export type DeploymentStage = {
  name: string
  /** The region of everything except the edge. */
  region: string
  /** Whether tables, keys, secrets and logs are deleted with their stack. */
  removal: RemovalPolicy
  /** Deletion protection of the tables, and termination protection of the stacks. */
  isProtected: boolean
  logRetention: RetentionDays
  requestsPerSecond: number
  burst: number
  /** The rate limits of matches and leads. */
  rateLimits: { perAddress: number; perKey: number }
  /** The firewall's limits of requests from one address in five minutes. */
  firewallLimits: { anonymous: number; any: number }
  /** Which CloudFront locations are used. Visitors are in the United States. */
  priceClass: PriceClass
  /** How many deliveries may run at the same time; SQS allows no less than 2. */
  concurrentDeliveries: number
  /** The concurrency that is reserved for capture, and its limit. Lambda keeps 100 of the account unreserved. */
  captureConcurrency: number | 'unreserved'
  attemptTimes: AttemptTimes
  /** `off`: new deliveries wait up to a minute for the sweeper instead of being queued at once. */
  earlyQueue: 'on' | 'off'
  /** Whether X-Ray traces a part of the calls of the Lambdas, for 5 USD per million traces. */
  tracing: 'on' | 'off'
  /** Whether there is a CloudWatch dashboard, for 3 USD a month. */
  dashboard: 'on' | 'off'
  /** After how many days personal data is erased. */
  retentionDays: number | 'never'
  /** The origin at which people reach the stage. Without it, no sign-in links are sent. */
  publicUrl: string | undefined
  /** The OpenID provider of staff. Its secret is in the service secret. */
  oidc: StageFile['oidc']
  /** Which staff must use an authenticator app. */
  secondFactor: StageFile['secondFactor']
  /** Refuses writes and starts no worker, while tables are restored. */
  isInMaintenance: boolean
  /** Restored tables that are used instead of those of the storage stack. */
  restoredTables: { [T in Table]?: string | undefined }
}

/** A stage with everything that the stacks need. */
export type StageSettings = {
  stage: DeploymentStage
  account: string | undefined
  /** The sender of lead emails, verified in SES. */
  mailFrom: string
  /** Who is notified by alarms. */
  alarmEmails: readonly string[]
  hasEdge: boolean
  domain: { name: string; certificateArn: string } | undefined
  /** Another value makes CloudFormation read the edge secret again. */
  edition: string
}

/** What a stage gets if its file does not set it. */
export const defaultSizes = {
  development: {
    logRetentionDays: 7,
    requestsPerSecond: 50,
    burst: 100,
    concurrentDeliveries: 5,
    captureConcurrency: 'unreserved',
    earlyQueue: 'on',
    tracing: 'off',
    dashboard: 'off',
  },
  production: {
    logRetentionDays: 90,
    requestsPerSecond: 500,
    burst: 1000,
    concurrentDeliveries: 50,
    captureConcurrency: 100,
    earlyQueue: 'on',
    tracing: 'off',
    dashboard: 'on',
  },
} as const satisfies { [kind: string]: Required<StageFile['sizes']> }

/**
 * Reads the settings of the stage that `-c stage=...` names from its file, and in stages that are not for production
 * also from `-c name=value`.
 * @throws Error that names the file or option, the setting and what to write
 */
export function readStageSettings(context: { readonly [name: string]: unknown }): StageSettings {
  const { name, folder, overrides } = readContextOverrides(context)
  return toStageSettings(name, readStageFile(name, { folder: folder ?? stageFolder, overrides }))
}

export function toStageSettings(name: string, file: StageFile): StageSettings {
  const { account, region, mailFrom, alarmEmails, domainName, certificateArn, retentionDays, sizes } = file
  const defaults = defaultSizes[file.production ? 'production' : 'development']
  return {
    stage: {
      name,
      region,
      removal: file.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      isProtected: file.production,
      logRetention: sizes.logRetentionDays ?? defaults.logRetentionDays,
      requestsPerSecond: sizes.requestsPerSecond ?? defaults.requestsPerSecond,
      burst: sizes.burst ?? defaults.burst,
      rateLimits: rateLimits[file.production ? 'prod' : 'dev'],
      firewallLimits,
      priceClass: PriceClass.PRICE_CLASS_100,
      concurrentDeliveries: sizes.concurrentDeliveries ?? defaults.concurrentDeliveries,
      captureConcurrency: sizes.captureConcurrency ?? defaults.captureConcurrency,
      attemptTimes,
      earlyQueue: sizes.earlyQueue ?? defaults.earlyQueue,
      tracing: sizes.tracing ?? defaults.tracing,
      dashboard: sizes.dashboard ?? defaults.dashboard,
      retentionDays,
      publicUrl: domainName !== undefined && file.edge === 'on' ? `https://${domainName}` : file.publicUrl,
      oidc: file.oidc,
      secondFactor: file.secondFactor,
      isInMaintenance: file.maintenance === 'on',
      restoredTables: file.tables,
    },
    account,
    mailFrom,
    alarmEmails,
    hasEdge: file.edge === 'on',
    domain: domainName !== undefined && certificateArn !== undefined ? { name: domainName, certificateArn } : undefined,
    edition: file.edgeEdition,
  }
}

/** @throws Error if a lease could end while its attempt is still running. */
export function toAttemptTimeVariables({ attemptTimes }: DeploymentStage) {
  const fault = findAttemptTimesFault(attemptTimes)
  if (fault !== undefined) throw new Error(fault)
  const { deadlineSeconds, leaseSeconds } = attemptTimes
  return { DEADLINE_SECONDS: String(deadlineSeconds), LEASE_SECONDS: String(leaseSeconds) }
}
