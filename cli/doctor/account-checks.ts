import { isPlaceholder, type StageFile } from '#infra/stage-file.ts'
import { edgeRegion } from '#infra/stage-names.ts'
import { bootstrapAction, checkAccount, checkBootstrap, describeFailure, type StagePlace } from './check-access.ts'
import { checkMaintenance } from './check-maintenance.ts'
import { checkProvider } from './check-provider.ts'
import { type CheckResult, fail, type NamedResult, pass } from './check-result.ts'
import type { AccountProbe } from './create-account-probe.ts'

/** What a stage is checked for: its name and its file. */
export type CheckedStage = { name: string; file: StageFile }

type AccountCheck = {
  name: string
  /** The rights that the check needs, for the sentence about missing ones. */
  action: string
  inspect: (account: AccountProbe, stage: CheckedStage, accountId: string) => Promise<CheckResult>
  /** Absent: always. */
  appliesTo?: (stage: CheckedStage) => boolean
}

/** What Lambda keeps of an account's concurrency for functions without a reservation. */
const minUnreservedConcurrency = 100
const defaultCaptureConcurrency = 100
// What AWS gives to an account that is not new.
const usualConcurrency = 1000
const lambdaConcurrency = { serviceCode: 'lambda', quotaCode: 'L-B99A9384' }
const sesEmailsPerDay = { serviceCode: 'ses', quotaCode: 'L-804C8AE8' }
const maxSesShare = 0.8
// CloudFront's quota of an account, and what the edge of one stage has at most; `test/infra/templates` checks the second.
const maxCachePolicies = 20
const cachePoliciesPerStage = 10

/** Everything that is asked of the AWS account of a stage, before a deployment finds it out. */
const accountChecks: readonly AccountCheck[] = [
  {
    name: 'CDK bootstrap',
    action: bootstrapAction,
    inspect: (account, stage, accountId) => checkBootstrap(account, toPlace(stage), accountId),
  },
  {
    name: 'SES identity',
    action: 'ses:GetEmailIdentity',
    inspect: async (account, { file: { mailFrom, region, production } }) => {
      if (isPlaceholder(mailFrom))
        return production
          ? fail(`${mailFrom} is a placeholder`, 'Write the sender of lead emails into the stage file as mailFrom.')
          : pass(`${mailFrom} is a placeholder: no email to schools`)
      const domain = mailFrom.slice(mailFrom.indexOf('@') + 1)
      const labels = domain.split('.')
      const parents = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
      for (const identity of [mailFrom, ...parents]) {
        const isVerified = await account.readSesIdentity(region, identity)
        if (isVerified) return pass(`${identity} is verified in ${region}`)
        if (isVerified === false)
          return fail(
            `${identity} is not verified yet in ${region}`,
            'Open the link in the email from AWS, or add the DNS records that the SES console shows.',
          )
      }
      return fail(
        `none for ${mailFrom} in ${region}`,
        `Run: aws sesv2 create-email-identity --region ${region} --email-identity ${domain}`,
      )
    },
  },
  {
    name: 'SES sending',
    action: 'ses:GetAccount',
    inspect: async (account, { file: { region, production } }) => {
      const { isProduction, canSend, perDay, sentInDay, perSecond } = await account.readSesAccount(region)
      const actual = `${perDay} emails a day, of which ${sentInDay} were sent in the last 24 hours, ${perSecond} a second${isProduction ? '' : ', in the sandbox'}`
      if (!canSend)
        return fail(`paused by AWS; ${actual}`, 'Read the case that AWS opened about it in the Support Center.')
      if (production && !isProduction)
        return fail(
          actual,
          'In the sandbox, SES sends only to verified addresses. Ask for production access: SES console, "Get set up".',
        )
      // A quota of -1 has no end.
      return perDay < 0 || sentInDay < perDay * maxSesShare
        ? pass(actual)
        : fail(actual, await describeIncrease(account, { region, ...sesEmailsPerDay, value: perDay * 2 }))
    },
  },
  {
    name: 'Lambda concurrency',
    action: 'lambda:GetAccountSettings',
    inspect: async (account, { file: { region, production, sizes } }) => {
      const limit = await account.readLambdaConcurrency(region)
      const size = sizes.captureConcurrency ?? (production ? defaultCaptureConcurrency : 'unreserved')
      const reserved = size === 'unreserved' ? 0 : size
      const needed = reserved + minUnreservedConcurrency
      const actual = `${limit} in ${region}, of which capture reserves ${reserved}`
      return limit >= needed
        ? pass(actual)
        : fail(
            actual,
            `It must be at least ${needed}. ${reserved > 0 ? 'Set sizes.captureConcurrency to "unreserved" in the stage file, or ask for more. ' : ''}${await describeIncrease(account, { region, ...lambdaConcurrency, value: Math.max(needed, usualConcurrency) })}`,
          )
    },
  },
  {
    name: 'certificate',
    action: 'acm:DescribeCertificate',
    appliesTo: ({ file }) => file.certificateArn !== undefined,
    inspect: async (account, { file: { certificateArn = '', domainName = '' } }) => {
      const { status, names } = await account.readCertificate(edgeRegion, certificateArn)
      if (status !== 'ISSUED')
        return fail(
          status,
          'Add the DNS records that the ACM console of us-east-1 shows for the certificate, and wait until it is issued.',
        )
      return names.some((name) => coversHost(name, domainName))
        ? pass(`issued for ${names.join(', ')}`)
        : fail(`issued for ${names.join(', ')}`, `Request a certificate for ${domainName} in us-east-1.`)
    },
  },
  {
    name: 'cache policies',
    action: 'cloudfront:ListCachePolicies',
    appliesTo: ({ file }) => file.edge === 'on',
    inspect: async (account) => {
      const count = await account.countCachePolicies()
      const actual = `${count} of ${maxCachePolicies} in the account`
      return count <= maxCachePolicies - cachePoliciesPerStage
        ? pass(actual)
        : fail(
            actual,
            `The edge of a new stage needs up to ${cachePoliciesPerStage}. Ask for more in Service Quotas (CloudFront), or delete an edge. An edge that exists is not affected.`,
          )
    },
  },
  {
    name: 'tables',
    action: 'dynamodb:DescribeTable',
    inspect: async (account, { name, file: { region, production } }) => {
      const tables = await account.readTables(region, `prospectus-${name}-storage-`)
      if (tables.length === 0) return pass('none yet')
      const unprotected = tables.filter((table) => !table.canBeRestored || (production && !table.isProtected))
      return unprotected.length === 0
        ? pass(`${tables.length}, with point-in-time recovery${production ? ' and deletion protection' : ''}`)
        : fail(
            `${unprotected.map((table) => table.name).join(', ')} unprotected`,
            'Deploy the stage: its template turns point-in-time recovery and deletion protection on.',
          )
    },
  },
  {
    name: 'sign-in provider',
    action: 'the address of the provider',
    appliesTo: ({ file }) => file.oidc !== undefined,
    inspect: (account, { file: { oidc } }) => checkProvider(oidc?.issuer ?? '', account.readProvider),
  },
  {
    name: 'maintenance',
    action: 'cloudformation:DescribeStacks and cloudformation:GetTemplate',
    inspect: async (account, stage) =>
      checkMaintenance(stage, await account.readDeployedState(stage.file.region, stage.name), account.now()),
  },
]

/** Asks the AWS account of a stage. If its credentials do not work or are of another account, nothing else is asked. */
export async function runAccountChecks(account: AccountProbe, stage: CheckedStage): Promise<NamedResult[]> {
  const { region } = stage.file
  const { result, accountId } = await checkAccount(account, toPlace(stage))
  if (accountId === undefined) return [result]
  const results = await Promise.all(
    accountChecks
      .filter(({ appliesTo }) => appliesTo?.(stage) ?? true)
      .map(async ({ name, action, inspect }) => ({
        name,
        ...(await inspect(account, stage, accountId).catch((error: unknown) => describeFailure(error, action, region))),
      })),
  )
  return [result, ...results]
}

function toPlace({ name, file: { region, account, edge } }: CheckedStage): StagePlace {
  return { name, region, account, hasEdge: edge === 'on' }
}

type Increase = { region: string; serviceCode: string; quotaCode: string; value: number }

/** How to get more of a quota, or that it has been asked for. Without the right to ask, it says the command. */
async function describeIncrease(account: AccountProbe, { value, ...quota }: Increase): Promise<string> {
  const { region, serviceCode, quotaCode } = quota
  const pending = await account.readPendingQuota(region, quota).catch(() => undefined)
  return pending === undefined
    ? `Run: aws service-quotas request-service-quota-increase --region ${region} --service-code ${serviceCode} --quota-code ${quotaCode} --desired-value ${value}`
    : `An increase to ${pending} has been requested. Wait until AWS has decided: Service Quotas, "Quota request history".`
}

/** Whether the name of a certificate, which may begin with `*.`, covers a host. */
function coversHost(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1))
}
