import { Duration } from 'aws-cdk-lib'
import {
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront'
import { Construct } from 'constructs'
import { type CachedPath, forwardedHeaders } from '#infra/edge-paths.ts'
import { cors } from '#shared/contract/cors.ts'
import { pagePolicy } from '#web/web-paths.ts'

/** What the edge keeps and by what, what it hands on, and what it says to browsers. */
export class EdgePolicies extends Construct {
  /**
   * For what is nobody else's. Nothing is kept, since the API says `no-store`; a second is named because only a policy
   * that could keep may hand on `Authorization`.
   */
  readonly noCaching = new CachePolicy(this, 'Unkept', {
    comment: 'Keeps nothing',
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(1),
    headerBehavior: CacheHeaderBehavior.allowList('authorization'),
    queryStringBehavior: CacheQueryStringBehavior.all(),
  })
  /** To the API, whatever is kept. What a kept path is asked beyond its listed query stays at the edge. */
  readonly originRequest = new OriginRequestPolicy(this, 'ToApi', {
    comment: 'The headers that the API reads',
    headerBehavior: OriginRequestHeaderBehavior.allowList(...forwardedHeaders),
    queryStringBehavior: OriginRequestQueryStringBehavior.none(),
  })
  /** The API says most of it itself; what it says more strictly or for one page stands. */
  readonly headers = new ResponseHeadersPolicy(this, 'Headers', {
    comment: 'What browsers are told with every answer',
    securityHeadersBehavior: buildSecurityHeaders("default-src 'none'; frame-ancestors 'none'"),
    // The API says it only to who asks from another page, and what is kept may have been asked for by somebody else.
    corsBehavior: {
      accessControlAllowOrigins: [...cors.origins],
      accessControlAllowMethods: [...cors.methods],
      accessControlAllowHeaders: [...cors.requestHeaders],
      accessControlExposeHeaders: [...cors.responseHeaders],
      accessControlAllowCredentials: false,
      originOverride: false,
    },
  })
  readonly pageHeaders = new ResponseHeadersPolicy(this, 'Pages', {
    comment: 'What browsers are told with console and portal',
    securityHeadersBehavior: buildSecurityHeaders(pagePolicy),
  })
  readonly #kept = new Map<string, CachePolicy>()

  /** One policy for all paths that are kept alike; an account has room for 20. */
  getCachePolicy({ seconds, query }: CachedPath): CachePolicy {
    const id = ['Keep', seconds, ...query].join('-')
    const policy = this.#kept.get(id) ?? new CachePolicy(this, id, buildCachePolicyProps(seconds, query))
    this.#kept.set(id, policy)
    return policy
  }
}

function buildSecurityHeaders(contentSecurityPolicy: string): ResponseSecurityHeadersBehavior {
  return {
    contentSecurityPolicy: { contentSecurityPolicy, override: false },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: false },
    strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
  }
}

// How long, the API says with each answer: nothing that it does not say to keep is kept.
function buildCachePolicyProps(seconds: number, query: string[]) {
  return {
    comment: `By path${query.map((name) => ` and ${name}`).join('')}, ${seconds} seconds at most`,
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(seconds),
    queryStringBehavior:
      query.length > 0 ? CacheQueryStringBehavior.allowList(...query) : CacheQueryStringBehavior.none(),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  }
}
