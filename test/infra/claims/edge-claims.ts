import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { DeploymentStage } from '#infra/stage.ts'
import { fillPath } from '#shared/contract/fill-path.ts'
import type { Route } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'
import { hasText, type SynthesizedApp, type TemplateReader } from '../synthesize.ts'
import { firewallClaims } from './firewall-claims.ts'

const allRoutes = folders.flatMap((folder): Route[] => [...routes[folder]])

/** What must hold of what stands before the API. */
export function edgeClaims(built: () => SynthesizedApp, stage: DeploymentStage): void {
  const edge = () => getEdge(built())
  const distribution = () => readDistribution(edge())

  it.each(allRoutes)('caches $method $path as the contract says, by path and listed query parameters', (route) => {
    const behavior = findBehavior(distribution(), buildPath(route))
    const { maxSeconds, query, headers, cookies } = readCachePolicy(edge(), behavior)
    // Cookies of signed-in people reach only what is never cached.
    const privateCookies = ['__Host-console', '__Host-portal', '__Host-publisher', '__Host-browser']
    expect(cookies).toEqual(route.cacheSeconds === undefined ? privateCookies : 'none')
    if (route.cacheSeconds === undefined) {
      expect({ maxSeconds, query, headers }).toEqual({
        maxSeconds: 1,
        query: 'all',
        headers: ['authorization', 'content-encoding', 'x-hub-signature-256', 'x-prospectus-app'],
      })
    } else {
      const listed = Object.keys(route.query?.shape ?? {}).toSorted()
      expect({ maxSeconds, query, headers }).toEqual({ maxSeconds: route.cacheSeconds, query: listed, headers: [] })
    }
  })

  it('caches nothing without cache headers of the API, and no errors', () => {
    for (const { CachePolicyConfig } of edge().of('CloudFront::CachePolicy'))
      expect(CachePolicyConfig).toMatchObject({ MinTTL: 0, DefaultTTL: 0 })
    for (const { ErrorCachingMinTTL } of distribution().CustomErrorResponses) expect(ErrorCachingMinTTL).toBe(0)
    expect(distribution().CustomErrorResponses.map(({ ErrorCode }) => ErrorCode)).toEqual(
      expect.arrayContaining([404, 405, 500, 503]),
    )
  })

  const listForwardedHeaders = () =>
    z
      .object({ HeadersConfig: z.object({ Headers: z.array(z.string()) }) })
      .parse(edge().of('CloudFront::OriginRequestPolicy')[0]?.OriginRequestPolicyConfig).HeadersConfig.Headers

  it.each(allRoutes.filter(({ method }) => method !== 'GET'))(
    'forwards what the API needs to read the body of $method $path',
    (route) => {
      const { headers } = readCachePolicy(edge(), findBehavior(distribution(), buildPath(route)))
      expect([...headers, ...listForwardedHeaders()]).toEqual(
        expect.arrayContaining(['content-type', 'content-encoding', 'authorization']),
      )
    },
  )

  it('forwards every header that the contract reads, at most ten', () => {
    const forwardedHeaders = listForwardedHeaders()
    const headersRead = allRoutes.flatMap(({ headers }) => Object.keys(headers?.shape ?? {}))
    const edgeHandledHeaders = ['authorization', 'if-none-match', 'x-hub-signature-256']
    expect([...forwardedHeaders, ...edgeHandledHeaders]).toEqual(expect.arrayContaining(headersRead))
    expect(forwardedHeaders).toContain('cloudfront-viewer-address')
    expect(forwardedHeaders.length).toBeLessThanOrEqual(10)
  })

  it('proves itself to the API by a secret that is in no template', () => {
    const [api] = distribution().Origins.filter(({ OriginCustomHeaders }) => OriginCustomHeaders)
    expect(api).toMatchObject({
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      OriginCustomHeaders: [{ HeaderName: 'x-origin-proof' }],
    })
    const proofHeaders = JSON.stringify(api?.OriginCustomHeaders)
    expect(proofHeaders).toMatch(/\{\{resolve:secretsmanager:.*SecretString:current::\}\}/)
    for (const folder of folders) {
      const { properties } = built().service.lambda(folder)
      expect(JSON.stringify(properties.Environment)).toMatch(/"EDGE_SECRET_ARN":\{"Fn::ImportValue":"[^"]*EdgeSecret/)
    }
  })

  it('is protected by a firewall against floods, bad addresses, known bad inputs and common attacks', () => {
    const [firewall] = edge().of('WAFv2::WebACL')
    expect(firewall).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } })
    expect(hasText(distribution().WebACLId, 'Firewall')).toBe(true)
    const rules = z.array(rule).parse(firewall?.Rules)
    const groups = rules.flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement?.Name ?? [])
    expect(groups).toEqual([
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ])
    for (const { VisibilityConfig } of rules) expect(VisibilityConfig).toMatchObject({ SampledRequestsEnabled: false })
  })

  describe('the firewall', () => firewallClaims(edge, stage))

  it('sends HSTS, nosniff, frame and referrer headers', () => {
    const [policy] = edge().of('CloudFront::ResponseHeadersPolicy')
    expect(policy?.ResponseHeadersPolicyConfig).toMatchObject({
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'" },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Override: true },
      },
    })
    const { DefaultCacheBehavior, CacheBehaviors } = distribution()
    for (const cacheBehavior of [DefaultCacheBehavior, ...CacheBehaviors])
      expect(cacheBehavior).toMatchObject({
        ViewerProtocolPolicy: 'https-only',
        ResponseHeadersPolicyId: expect.anything(),
      })
  })

  it('gives other sites no handle on the windows of console and portal', () => {
    const Items = [{ Header: 'Cross-Origin-Opener-Policy', Value: 'same-origin', Override: true }]
    const config = expect.objectContaining({ CustomHeadersConfig: { Items } })
    expect(edge().of('CloudFront::ResponseHeadersPolicy')).toContainEqual(
      expect.objectContaining({ ResponseHeadersPolicyConfig: config }),
    )
  })

  it('logs each request without personal data', () => {
    expect(edge().of('Logs::DeliverySource')).toMatchObject([{ LogType: 'ACCESS_LOGS' }])
    const [delivery] = edge().of('Logs::Delivery')
    expect(delivery?.RecordFields).toContain('sc-status')
    expect(JSON.stringify(delivery?.RecordFields)).not.toMatch(
      /c-ip|c-port|agent|forwarded|cookie|uri|query|referer|host/i,
    )
    expect(edge().of('Logs::LogGroup')).toMatchObject([{ RetentionInDays: stage.logRetention }])
  })

  it('lets only the distribution read the bucket', () => {
    expect(edge().of('S3::Bucket')).toMatchObject([
      {
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      },
    ])
    expect(findBehavior(distribution(), '/widget.js').TargetOriginId).toBe(
      distribution().Origins.find(({ OriginCustomHeaders }) => !OriginCustomHeaders)?.Id,
    )
  })
}

export function getEdge({ edge }: SynthesizedApp): TemplateReader {
  if (!edge) throw new Error('There is no edge.')
  return edge
}

const rule = z.looseObject({
  Statement: z.looseObject({ ManagedRuleGroupStatement: z.looseObject({ Name: z.string() }).optional() }),
})
const ref = z.union([z.string(), z.object({ Ref: z.string() }).transform(({ Ref }) => Ref)])
const behaviorShape = z.looseObject({
  CachePolicyId: ref,
  TargetOriginId: z.string(),
  PathPattern: z.string().default('*'),
})
const distributionConfig = z.looseObject({
  DefaultCacheBehavior: behaviorShape,
  CacheBehaviors: z.array(behaviorShape),
  Origins: z.array(z.looseObject({ Id: z.string(), OriginCustomHeaders: z.unknown().optional() })),
  CustomErrorResponses: z.array(z.object({ ErrorCode: z.int(), ErrorCachingMinTTL: z.int() })),
  WebACLId: z.unknown(),
  Aliases: z.array(z.string()).optional(),
  ViewerCertificate: z.unknown().optional(),
})

export function readDistribution(edge: TemplateReader) {
  return distributionConfig.parse(edge.of('CloudFront::Distribution')[0]?.DistributionConfig)
}

/** As CloudFront chooses: the first pattern that fits, in which `*` stands for anything. */
function findBehavior({ CacheBehaviors, DefaultCacheBehavior }: ReturnType<typeof readDistribution>, path: string) {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replace(/[.+^$()|[\]{}\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(path)
  return CacheBehaviors.find(({ PathPattern }) => matches(PathPattern)) ?? DefaultCacheBehavior
}

const buildPath = ({ path, params }: Route) =>
  fillPath(path, Object.fromEntries(Object.keys(params?.shape ?? {}).map((name) => [name, 'x'])))

const list = z.array(z.string()).default([])
const cachePolicy = z.object({
  MaxTTL: z.int(),
  ParametersInCacheKeyAndForwardedToOrigin: z.object({
    CookiesConfig: z.object({ CookieBehavior: z.string(), Cookies: z.array(z.string()).optional() }),
    HeadersConfig: z.object({ Headers: list }),
    QueryStringsConfig: z.object({ QueryStringBehavior: z.string(), QueryStrings: list }),
  }),
})

function readCachePolicy(edge: TemplateReader, { CachePolicyId }: z.output<typeof behaviorShape>) {
  const config = cachePolicy.parse(edge.resources[CachePolicyId]?.Properties.CachePolicyConfig)
  const { CookiesConfig, HeadersConfig, QueryStringsConfig } = config.ParametersInCacheKeyAndForwardedToOrigin
  return {
    maxSeconds: config.MaxTTL,
    cookies: CookiesConfig.Cookies ?? CookiesConfig.CookieBehavior,
    headers: HeadersConfig.Headers.toSorted(),
    query: QueryStringsConfig.QueryStringBehavior === 'all' ? 'all' : QueryStringsConfig.QueryStrings.toSorted(),
  }
}
