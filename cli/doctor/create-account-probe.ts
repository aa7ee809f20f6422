import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  paginateListTables,
} from '@aws-sdk/client-dynamodb'
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import * as z from 'zod'
import { AwsError, type CallAws, callJson, createAwsClient } from '#cli/aws/create-aws-client.ts'
import { readCallerIdentity } from '#cli/aws/read-account.ts'
import { readStack } from '#cli/aws/read-stack.ts'
import { isInMaintenance } from '#cli/deploy/find-table-faults.ts'
import { getStackNames } from '#infra/stage-names.ts'
import type { DeployedState } from './check-maintenance.ts'
import { type ReadProvider, readProvider } from './check-provider.ts'

type SesAccount = { isProduction: boolean; canSend: boolean; perDay: number; sentInDay: number; perSecond: number }
type Quota = { serviceCode: string; quotaCode: string }
type TableProtection = { name: string; isProtected: boolean; canBeRestored: boolean }
/** What the checks read from an AWS account, so that tests can replace it. Each call may throw an AWS error. */
export type AccountProbe = {
  readIdentity: (region: string) => Promise<{ account: string; arn: string }>
  /** Undefined if the region is not bootstrapped. */
  readBootstrapVersion: (region: string) => Promise<number | undefined>
  /** Whether an address or domain is verified; undefined if SES does not know it. */
  readSesIdentity: (region: string, identity: string) => Promise<boolean | undefined>
  readSesAccount: (region: string) => Promise<SesAccount>
  readLambdaConcurrency: (region: string) => Promise<number>
  /** The value of an increase that was asked for and is not decided; undefined if there is none. */
  readPendingQuota: (region: string, quota: Quota) => Promise<number | undefined>
  readCertificate: (region: string, arn: string) => Promise<{ status: string; names: string[] }>
  countCachePolicies: () => Promise<number>
  readTables: (region: string, prefix: string) => Promise<TableProtection[]>
  /** Undefined if the stage is not deployed. */
  readDeployedState: (region: string, stage: string) => Promise<DeployedState | undefined>
  /** Reads the metadata of an OpenID provider. */
  readProvider: ReadProvider
  now: () => Date
}

export function createAccountProbe(call: CallAws = createAwsClient()): AccountProbe {
  return {
    readIdentity: (region) => readCallerIdentity(call, region),
    async readBootstrapVersion(region) {
      const target = { service: 'ssm', region, target: 'AmazonSSM.GetParameter' } as const
      const response = await callJson(call, target, { Name: '/cdk-bootstrap/hnb659fds/version' }).catch(
        (error: unknown) => {
          if (error instanceof AwsError && error.code === 'ParameterNotFound') return undefined
          throw error
        },
      )
      return response === undefined ? undefined : parameter.parse(response).Parameter.Value
    },
    async readSesIdentity(region, identity) {
      const ses = new SESv2Client({ region, maxAttempts: 1 })
      const response = await ses
        .send(new GetEmailIdentityCommand({ EmailIdentity: identity }))
        .catch((error: unknown) => {
          if (error instanceof Error && error.name === 'NotFoundException') return undefined
          throw error
        })
      return response?.VerifiedForSendingStatus
    },
    async readSesAccount(region) {
      const ses = new SESv2Client({ region, maxAttempts: 1 })
      const { ProductionAccessEnabled, SendingEnabled, SendQuota } = await ses.send(new GetAccountCommand({}))
      return {
        isProduction: ProductionAccessEnabled === true,
        canSend: SendingEnabled === true,
        perDay: SendQuota?.Max24HourSend ?? 0,
        sentInDay: SendQuota?.SentLast24Hours ?? 0,
        perSecond: SendQuota?.MaxSendRate ?? 0,
      }
    },
    async readLambdaConcurrency(region) {
      const text = await get(call, { service: 'lambda', region, path: '/2016-08-19/account-settings' })
      return accountSettings.parse(JSON.parse(text)).AccountLimit.ConcurrentExecutions
    },
    async readPendingQuota(region, { serviceCode, quotaCode }) {
      const action = 'ServiceQuotasV20190624.ListRequestedServiceQuotaChangeHistoryByQuota'
      const target = { service: 'servicequotas', region, target: action } as const
      const response = await callJson(call, target, { ServiceCode: serviceCode, QuotaCode: quotaCode })
      const { RequestedQuotas } = quotaRequests.parse(response)
      return RequestedQuotas.find(({ Status }) => Status === 'PENDING' || Status === 'CASE_OPENED')?.DesiredValue
    },
    async readCertificate(region, arn) {
      const target = { service: 'acm', region, target: 'CertificateManager.DescribeCertificate' } as const
      const { Certificate } = certificate.parse(await callJson(call, target, { CertificateArn: arn }))
      return { status: Certificate.Status, names: [Certificate.DomainName, ...Certificate.SubjectAlternativeNames] }
    },
    async countCachePolicies() {
      const path = '/2020-05-31/cache-policy?MaxItems=100&Type=custom'
      const xml = await get(call, { service: 'cloudfront', region: 'us-east-1', path })
      return xml.match(/<CachePolicySummary>/g)?.length ?? 0
    },
    async readTables(region, prefix) {
      const client = new DynamoDBClient({ region, maxAttempts: 1 })
      const names: string[] = []
      for await (const page of paginateListTables({ client }, {}))
        names.push(...(page.TableNames ?? []).filter((name) => name.startsWith(prefix)))
      return Promise.all(names.map((name) => readTableProtection(client, name)))
    },
    async readDeployedState(region, stage) {
      const stack = await readStack(call, { name: getStackNames({ name: stage, region }).service, region })
      return stack && { isInMaintenance: isInMaintenance(stack.template), updatedAt: stack.updatedAt }
    },
    readProvider,
    now: () => new Date(),
  }
}

async function readTableProtection(client: DynamoDBClient, TableName: string): Promise<TableProtection> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }))
  const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName }))
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus
  return {
    name: TableName,
    isProtected: Table?.DeletionProtectionEnabled === true,
    canBeRestored: recovery === 'ENABLED',
  }
}

async function get(call: CallAws, request: { service: 'lambda' | 'cloudfront'; region: string; path: string }) {
  const { status, text } = await call({ ...request, method: 'GET' })
  if (status === 200) return text
  const code = /<Code>(?<xml>\w+)<|"Code"\s*:\s*"(?<json>\w+)"/.exec(text)?.groups
  throw new AwsError(code?.xml ?? code?.json ?? (status === 403 ? 'AccessDenied' : String(status)), text.slice(0, 200))
}

const parameter = z.object({ Parameter: z.object({ Value: z.coerce.number() }) })
const accountSettings = z.object({ AccountLimit: z.object({ ConcurrentExecutions: z.int() }) })
const quotaRequests = z.object({
  RequestedQuotas: z.array(z.object({ Status: z.string(), DesiredValue: z.number() })).default([]),
})
const certificate = z.object({
  Certificate: z.object({
    Status: z.string(),
    DomainName: z.string(),
    SubjectAlternativeNames: z.array(z.string()).default([]),
  }),
})
