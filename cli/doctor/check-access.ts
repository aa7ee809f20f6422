import { AwsError } from '#cli/aws/create-aws-client.ts'
import { edgeRegion } from '#infra/stage-names.ts'
import { type CheckResult, fail, type NamedResult, pass } from './check-result.ts'
import type { AccountProbe } from './create-account-probe.ts'

/** Where a stage is, as its file says. */
export type StagePlace = { name: string; region: string; account: string | undefined; hasEdge: boolean }

// The oldest version of the bootstrap stack that the CDK's templates accept.
const requiredBootstrapVersion = 6

/** Whether the credentials work and are of the account of the stage. `accountId`: the account, if they are. */
export async function checkAccount(
  account: AccountProbe,
  { name, account: expectedAccount, region }: StagePlace,
): Promise<{ result: NamedResult; accountId?: string }> {
  const identity = await account.readIdentity(region).catch((error: unknown) => ({ error }))
  if ('error' in identity)
    return { result: { name: 'AWS account', ...describeFailure(identity.error, 'sts:GetCallerIdentity', region) } }
  const { account: accountId, arn } = identity
  if (expectedAccount !== undefined && accountId !== expectedAccount) {
    const fix = `stages/${name}.json says ${expectedAccount}. Choose another AWS_PROFILE, or correct the file.`
    return { result: { name: 'AWS account', ...fail(`${accountId}, as ${arn}`, fix) } }
  }
  return { result: { name: 'AWS account', ...pass(`${accountId}, region ${region}, as ${arn}`) }, accountId }
}

/** Whether the CDK can deploy into each region of the stage. */
export async function checkBootstrap(
  account: AccountProbe,
  { region, hasEdge }: Pick<StagePlace, 'region' | 'hasEdge'>,
  accountId: string,
): Promise<CheckResult> {
  const regions = [...new Set([region, ...(hasEdge ? [edgeRegion] : [])])]
  const versions = await Promise.all(regions.map((one) => account.readBootstrapVersion(one)))
  const outdated = regions.filter((_, index) => (versions[index] ?? 0) < requiredBootstrapVersion)
  const actual = regions.map((one, index) => `${versions[index] ?? 'none'} in ${one}`).join(', ')
  return outdated.length === 0
    ? pass(actual)
    : fail(actual, `Run: npx cdk bootstrap ${outdated.map((one) => `aws://${accountId}/${one}`).join(' ')}`)
}

/** Why a stage cannot be deployed with these credentials, found before its code is built; undefined if it can. */
export async function findAccessFault(account: AccountProbe, place: StagePlace): Promise<string | undefined> {
  const { result, accountId } = await checkAccount(account, place)
  if (accountId === undefined) return toSentence(result)
  const bootstrap = await checkBootstrap(account, place, accountId).catch((error: unknown) =>
    // The CDK may read the version with a role of its own.
    error instanceof AwsError && isDenied(error.code)
      ? undefined
      : describeFailure(error, bootstrapAction, place.region),
  )
  return bootstrap && toSentence({ name: 'CDK bootstrap', ...bootstrap })
}

export const bootstrapAction = 'ssm:GetParameter'

function toSentence(result: NamedResult): string | undefined {
  return result.ok ? undefined : `${result.name}: ${result.actual}. ${result.fix}`
}

/** Why a call of AWS failed, and what to do about it. */
export function describeFailure(error: unknown, action: string, region: string): CheckResult {
  const code = error instanceof AwsError ? error.code : error instanceof Error ? error.name : ''
  const message = error instanceof Error ? error.message : String(error)
  if (isDenied(code)) return fail('not allowed', `Allow ${action} to these credentials, or use others.`)
  if (/Expired|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure/.test(code))
    return fail(
      code,
      `AWS does not accept the credentials. Run \`aws sso login\`, or correct AWS_PROFILE or the access key. A region that the account has not enabled answers so, too: ${region} must be enabled.`,
    )
  if (/CredentialsProvider|credentials/i.test(`${code} ${message}`))
    return fail('none', 'Run `aws sso login`, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.')
  if (/fetch failed|ENOTFOUND|ECONNREFUSED|Timeout|EAI_AGAIN/i.test(`${code} ${message}`))
    return fail(
      `no response from AWS in ${region}`,
      'Check that the region exists, the network, and AWS_ENDPOINT_URL if it is set.',
    )
  return fail(message.split('\n')[0] ?? '', `Fix the error above; it is about ${action}.`)
}

function isDenied(code: string): boolean {
  return /AccessDenied|NotAuthorized|Unauthorized/.test(code)
}
