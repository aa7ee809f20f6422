import { describe, expect, it } from 'vitest'
import { AwsError } from '#cli/aws/create-aws-client.ts'
import { type CheckedStage, runAccountChecks } from '#cli/doctor/account-checks.ts'
import { findAccessFault } from '#cli/doctor/check-access.ts'
import { type AccountProbe, createAccountProbe } from '#cli/doctor/create-account-probe.ts'

const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/one'
const prod: CheckedStage = {
  name: 'prod',
  file: {
    production: true,
    account: '111122223333',
    region: 'eu-west-1',
    mailFrom: 'leads@mail.college.org',
    alarmEmails: ['on-call@college.org'],
    retentionDays: 1095,
    edge: 'on',
    domainName: 'leads.college.org',
    certificateArn,
    edgeEdition: '1',
    sizes: {},
    maintenance: 'off',
    secondFactor: 'optional',
    tables: {},
  },
}
const withFile = (file: Partial<CheckedStage['file']>): CheckedStage => ({ ...prod, file: { ...prod.file, ...file } })
const ses = { isProduction: true, canSend: true, perDay: 50_000, sentInDay: 1200, perSecond: 14 }
const healthy: AccountProbe = {
  readIdentity: async () => ({ account: '111122223333', arn: 'arn:aws:iam::111122223333:user/deploy' }),
  readBootstrapVersion: async () => 30,
  readSesIdentity: async (_, identity) => (identity === 'college.org' ? true : undefined),
  readSesAccount: async () => ses,
  readLambdaConcurrency: async () => 1000,
  readPendingQuota: async () => undefined,
  readCertificate: async () => ({ status: 'ISSUED', names: ['college.org', '*.college.org'] }),
  countCachePolicies: async () => 10,
  readTables: async () => [{ name: 'prospectus-prod-storage-Leads', isProtected: true, canBeRestored: true }],
  readDeployedState: async () => ({ isInMaintenance: false, updatedAt: new Date('2026-11-20T10:00:00Z') }),
  readProvider: async () => Promise.reject(new Error('fetch failed')),
  now: () => new Date('2026-11-29T12:00:00Z'),
}
const failures = async (probe: Partial<AccountProbe>, stage = prod) =>
  (await runAccountChecks({ ...healthy, ...probe }, stage)).flatMap((result) => (result.ok ? [] : [result]))

describe('what a deployment asks before it builds anything', () => {
  const place = { name: 'prod', region: 'eu-west-1', account: '111122223333', hasEdge: true }
  const findFault = (probe: Partial<AccountProbe>, at = place) => findAccessFault({ ...healthy, ...probe }, at)

  it.each<[string, Partial<AccountProbe>, RegExp | undefined]>([
    ['a bootstrapped account', {}, undefined],
    ['other credentials', { readIdentity: async () => ({ account: '999999999999', arn: 'arn:other' }) }, /says 1111/],
    [
      'no credentials',
      { readIdentity: async () => Promise.reject(new Error('Could not load credentials')) },
      /sso login/,
    ],
    [
      'no bootstrap in the region of the edge',
      { readBootstrapVersion: async (at) => (at === 'us-east-1' ? undefined : 30) },
      /npx cdk bootstrap aws:..111122223333.us-east-1$/,
    ],
    [
      'no right to read the bootstrap',
      { readBootstrapVersion: async () => Promise.reject(new AwsError('AccessDeniedException', 'x')) },
      undefined,
    ],
  ])('is refused or not, with: %s', async (_, probe, fault) => {
    expect(await findFault(probe)).toEqual(fault && expect.stringMatching(fault))
  })

  it('is no bootstrap for an edge that the stage does not have', async () => {
    const onlyRegion = { readBootstrapVersion: async (at: string) => (at === 'us-east-1' ? undefined : 30) }
    expect(await findFault(onlyRegion, { ...place, hasEdge: false })).toBeUndefined()
  })
})

describe('the checks of an account', () => {
  it('pass for a stage that can be deployed, and name what they saw', async () => {
    const results = await runAccountChecks(healthy, prod)
    expect(results.filter(({ ok }) => !ok)).toEqual([])
    expect(Object.fromEntries(results.map(({ name, actual }) => [name, actual]))).toEqual({
      'AWS account': '111122223333, region eu-west-1, as arn:aws:iam::111122223333:user/deploy',
      'CDK bootstrap': '30 in eu-west-1, 30 in us-east-1',
      'SES identity': 'college.org is verified in eu-west-1',
      'SES sending': '50000 emails a day, of which 1200 were sent in the last 24 hours, 14 a second',
      'Lambda concurrency': '1000 in eu-west-1, of which capture reserves 100',
      certificate: 'issued for college.org, *.college.org',
      'cache policies': '10 of 20 in the account',
      tables: '1, with point-in-time recovery and deletion protection',
      maintenance: 'off',
    })
  })

  it.each<[string, Partial<AccountProbe>, string | RegExp]>([
    [
      'CDK bootstrap',
      { readBootstrapVersion: async (region) => (region === 'us-east-1' ? undefined : 30) },
      'Run: npx cdk bootstrap aws://111122223333/us-east-1',
    ],
    ['CDK bootstrap', { readBootstrapVersion: async () => 5 }, /aws:\/\/111122223333\/eu-west-1 aws:/],
    ['SES identity', { readSesIdentity: async () => undefined }, /create-email-identity --region eu-west-1/],
    ['SES identity', { readSesIdentity: async () => false }, /Open the link/],
    ['SES sending', { readSesAccount: async () => ({ ...ses, isProduction: false }) }, /Ask for production access/],
    ['SES sending', { readSesAccount: async () => ({ ...ses, canSend: false }) }, /Support Center/],
    [
      'Lambda concurrency',
      { readLambdaConcurrency: async () => 10 },
      /at least 200\. Set sizes\.captureConcurrency to .*--region eu-west-1 --service-code lambda --quota-code L-B99A9384 --desired-value 1000$/,
    ],
    [
      'Lambda concurrency',
      { readLambdaConcurrency: async () => 10, readPendingQuota: async () => 500 },
      /An increase to 500 has been requested/,
    ],
    [
      'Lambda concurrency',
      {
        readLambdaConcurrency: async () => 10,
        readPendingQuota: async () => Promise.reject(new AwsError('AccessDeniedException', 'x')),
      },
      /Run: aws service-quotas/,
    ],
    [
      'SES sending',
      { readSesAccount: async () => ({ ...ses, sentInDay: 40_000 }) },
      /--service-code ses --quota-code L-804C8AE8 --desired-value 100000/,
    ],
    ['certificate', { readCertificate: async () => ({ status: 'PENDING_VALIDATION', names: [] }) }, /DNS records/],
    [
      'certificate',
      { readCertificate: async () => ({ status: 'ISSUED', names: ['college.org'] }) },
      'Request a certificate for leads.college.org in us-east-1.',
    ],
    [
      'maintenance',
      { readDeployedState: async () => ({ isInMaintenance: true, updatedAt: new Date('2026-11-28T12:00:00Z') }) },
      /npm run deploy -- prod/,
    ],
    ['cache policies', { countCachePolicies: async () => 15 }, /Service Quotas \(CloudFront\)/],
    [
      'tables',
      { readTables: async () => [{ name: 'a', isProtected: false, canBeRestored: true }] },
      /Deploy the stage/,
    ],
  ])('report %s, with a mend', async (name, probe, fix) => {
    const fixText = typeof fix === 'string' ? fix : expect.stringMatching(fix)
    expect(await failures(probe)).toMatchObject([{ name, fix: fixText }])
  })

  it('ask nothing else if the credentials are of another account', async () => {
    const other = { readIdentity: async () => ({ account: '999999999999', arn: 'arn:other' }) }
    const results = await runAccountChecks({ ...healthy, ...other }, prod)
    expect(results).toMatchObject([
      {
        name: 'AWS account',
        ok: false,
        fix: 'stages/prod.json says 111122223333. Choose another AWS_PROFILE, or correct the file.',
      },
    ])
  })

  it.each<[Error, string | RegExp, RegExp]>([
    [new AwsError('InvalidClientTokenId', 'x'), 'InvalidClientTokenId', /does not accept the credentials/],
    [new AwsError('ExpiredToken', 'x'), 'ExpiredToken', /aws sso login/],
    [new TypeError('fetch failed'), 'no response from AWS in eu-west-1', /Check that the region exists/],
    [new Error('Could not load credentials from any providers'), 'none', /set AWS_PROFILE/],
  ])('tell credentials that do not work: %s', async (error, actual, fix) => {
    expect(await failures({ readIdentity: async () => Promise.reject(error) })).toMatchObject([
      { name: 'AWS account', actual, fix: expect.stringMatching(fix) },
    ])
  })

  it('name the right that is missing, and go on', async () => {
    const denied = async () => Promise.reject(new AwsError('AccessDeniedException', 'x'))
    expect(await failures({ readLambdaConcurrency: denied })).toMatchObject([
      { name: 'Lambda concurrency', fix: 'Allow lambda:GetAccountSettings to these credentials, or use others.' },
    ])
  })

  it('are fewer for a stage that is not for production and has no edge', async () => {
    const dev = withFile({ production: false, edge: 'off', mailFrom: 'a@dev.example' })
    const sandbox = { ...ses, isProduction: false }
    const { domainName: _, certificateArn: __, ...file } = dev.file
    const stage = { name: 'dev', file }
    const probe = {
      readSesAccount: async () => sandbox,
      readSesIdentity: async () => undefined,
      readLambdaConcurrency: async () => 100,
      readBootstrapVersion: async (region: string) => (region === 'eu-west-1' ? 30 : undefined),
      readTables: async () => [{ name: 'a', isProtected: false, canBeRestored: true }],
    }
    expect(await failures(probe, stage)).toEqual([])
    expect((await runAccountChecks({ ...healthy, ...probe }, stage)).map(({ name }) => name)).not.toContain(
      'certificate',
    )
  })
})

describe('the probe of an account', () => {
  it('reads the answers of AWS', async () => {
    const requests: string[] = []
    const probe = createAccountProbe(async ({ service, region, path = '', headers, body }) => {
      requests.push(`${service} ${region} ${headers?.['x-amz-target'] ?? path}`)
      if (service === 'ssm')
        return region === 'us-east-1'
          ? { status: 400, text: '{"__type":"ParameterNotFound"}' }
          : { status: 200, text: '{"Parameter":{"Name":"n","Value":"30"}}' }
      if (service === 'lambda') return { status: 200, text: '{"AccountLimit":{"ConcurrentExecutions":10}}' }
      if (service === 'servicequotas')
        return {
          status: 200,
          text: '{"RequestedQuotas":[{"Status":"DENIED","DesiredValue":900},{"Status":"CASE_OPENED","DesiredValue":500}]}',
        }
      if (service === 'acm')
        return {
          status: 200,
          text: `{"Certificate":{"Status":"ISSUED","DomainName":"a.org","SubjectAlternativeNames":["*.a.org"]},"for":${body}}`,
        }
      return { status: 200, text: '<CachePolicySummary></CachePolicySummary><CachePolicySummary></CachePolicySummary>' }
    })
    expect(await probe.readBootstrapVersion('eu-west-1')).toBe(30)
    expect(await probe.readBootstrapVersion('us-east-1')).toBeUndefined()
    expect(await probe.readLambdaConcurrency('eu-west-1')).toBe(10)
    expect(await probe.readCertificate('us-east-1', certificateArn)).toEqual({
      status: 'ISSUED',
      names: ['a.org', '*.a.org'],
    })
    expect(await probe.countCachePolicies()).toBe(2)
    const quota = { serviceCode: 'lambda', quotaCode: 'L-B99A9384' }
    expect(await probe.readPendingQuota('eu-west-1', quota)).toBe(500)
    expect(requests).toEqual([
      'ssm eu-west-1 AmazonSSM.GetParameter',
      'ssm us-east-1 AmazonSSM.GetParameter',
      'lambda eu-west-1 /2016-08-19/account-settings',
      'acm us-east-1 CertificateManager.DescribeCertificate',
      'cloudfront us-east-1 /2020-05-31/cache-policy?MaxItems=100&Type=custom',
      'servicequotas eu-west-1 ServiceQuotasV20190624.ListRequestedServiceQuotaChangeHistoryByQuota',
    ])
  })

  it('reads from the deployed stack whether the stage is in maintenance', async () => {
    const template = JSON.stringify({
      Resources: {
        Capture: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { MAINTENANCE: 'on' } } } },
      },
    })
    const stackNames = new Set<string | null>()
    const probe = createAccountProbe(async ({ body }) => {
      const request = new URLSearchParams(body)
      stackNames.add(request.get('StackName'))
      return request.get('Action') === 'GetTemplate'
        ? { status: 200, text: `<TemplateBody>${template}</TemplateBody>` }
        : {
            status: 200,
            text: '<StackStatus>UPDATE_COMPLETE</StackStatus><LastUpdatedTime>2026-11-29T10:00:00Z</LastUpdatedTime>',
          }
    })
    expect(await probe.readDeployedState('eu-west-1', 'prod')).toEqual({
      isInMaintenance: true,
      updatedAt: new Date('2026-11-29T10:00:00Z'),
    })
    expect([...stackNames]).toEqual(['prospectus-prod-service'])
  })

  it('tells missing rights from other answers', async () => {
    const probe = createAccountProbe(async () => ({ status: 403, text: '{"Message":"User is not authorized"}' }))
    await expect(probe.readLambdaConcurrency('eu-west-1')).rejects.toMatchObject({ code: 'AccessDenied' })
  })
})

it('the discovery address of the sign-in provider is checked if the stage has one', async () => {
  const stage = withFile({ oidc: { issuer: 'https://login.college.org', clientId: 'prospectus' } })
  expect(await failures({}, stage)).toMatchObject([
    {
      name: 'sign-in provider',
      actual: 'no response from https://login.college.org/.well-known/openid-configuration',
      fix: 'Check the address of the issuer, and that this machine reaches it.',
    },
  ])
  const metadata = {
    issuer: 'https://login.college.org',
    authorization_endpoint: 'https://login.college.org/authorize',
    token_endpoint: 'https://login.college.org/token',
  }
  expect(await failures({ readProvider: async () => metadata }, stage)).toEqual([])
  const other = { ...metadata, issuer: 'https://login.college.org/v2' }
  expect(await failures({ readProvider: async () => other }, stage)).toMatchObject([
    { actual: 'the provider calls itself https://login.college.org/v2' },
  ])
})
