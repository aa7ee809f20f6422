import { Duration } from 'aws-cdk-lib'
import {
  CacheCookieBehavior,
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
import { appHeader, browserCookie, sessionCookies } from '#shared/contract/access/session-carriers.ts'
import { cors } from '#shared/contract/cors.ts'
import { pageOpenerPolicy, pagePolicy } from '#web/web-paths.ts'

/** Cache policies, origin request policy and response headers of the edge. */
export class EdgePolicies extends Construct {
  /**
   * For private responses. Nothing is cached, because the API sends `no-store`; the maximum of one second is there
   * because only a policy that allows caching may forward `Authorization`. The cookies of signed-in people come only here, so
   * that no cached response knows of them. `Content-Encoding` is here too, because bodies come
   * only where nothing is cached, and an origin request policy has room for ten headers.
   */
  readonly noCaching = new CachePolicy(this, 'Unkept', {
    comment: 'Keeps nothing',
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(1),
    headerBehavior: CacheHeaderBehavior.allowList(
      'authorization',
      'content-encoding',
      'x-hub-signature-256',
      appHeader,
    ),
    cookieBehavior: CacheCookieBehavior.allowList(...Object.values(sessionCookies), browserCookie),
    queryStringBehavior: CacheQueryStringBehavior.all(),
  })
  /** Forwards requests to the API. Query parameters that a cached route does not list are dropped at the edge. */
  readonly originRequest = new OriginRequestPolicy(this, 'ToApi', {
    comment: 'The headers that the API reads',
    headerBehavior: OriginRequestHeaderBehavior.allowList(...forwardedHeaders),
    queryStringBehavior: OriginRequestQueryStringBehavior.none(),
  })
  /** Security headers. The API sends most of them itself, and its own values win. */
  readonly headers = new ResponseHeadersPolicy(this, 'Headers', {
    comment: 'What browsers are told with every answer',
    securityHeadersBehavior: buildSecurityHeaders("default-src 'none'; frame-ancestors 'none'"),
    // The API adds CORS headers only for cross-origin requests, but a cached response may answer one.
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
    customHeadersBehavior: {
      customHeaders: [{ header: 'Cross-Origin-Opener-Policy', value: pageOpenerPolicy, override: true }],
    },
  })
  readonly #kept = new Map<string, CachePolicy>()

  /** One policy for all paths with the same cache rules, because an account may have only 20. */
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

// The API sets the lifetime of each response; without it, nothing is cached.
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
