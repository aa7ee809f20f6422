import { Duration } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { EdgePolicies } from '#infra/constructs/edge-policies.ts'
import { cachedPaths, webPaths } from '#infra/edge-paths.ts'
import type { DeploymentStage } from '#infra/stage.ts'
import { edgeHeader } from '#shared/contract/edge.ts'

/** A custom domain, with its certificate in us-east-1. */
export type Domain = { name: string; certificateArn: string }
type Props = {
  stage: DeploymentStage
  comment: string
  apiDomain: string
  /** The secret that the edge sends to the API, as a dynamic reference that CloudFormation resolves. */
  secret: string
  files: IBucket
  webAclArn: string
  domain?: Domain | undefined
}

// CloudFront caches errors for 10 seconds by default.
const errorStatuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]

/** The CloudFront distribution in front of the API and the files. */
export class Edge extends Distribution {
  constructor(scope: Construct, id: string, { stage, comment, apiDomain, secret, files, webAclArn, domain }: Props) {
    const policies = new EdgePolicies(scope, `${id}Policies`)
    const api: BehaviorOptions = {
      origin: new HttpOrigin(apiDomain, {
        customHeaders: { [edgeHeader]: secret },
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: policies.noCaching,
      originRequestPolicy: policies.originRequest,
      responseHeadersPolicy: policies.headers,
    }
    const web: BehaviorOptions = {
      origin: S3BucketOrigin.withOriginAccessControl(files),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: policies.headers,
    }
    super(scope, id, {
      comment,
      defaultBehavior: api,
      additionalBehaviors: {
        ...Object.fromEntries(webPaths.everyone.map((pattern) => [pattern, web])),
        ...Object.fromEntries(
          webPaths.page.map((pattern) => [pattern, { ...web, responseHeadersPolicy: policies.pageHeaders }]),
        ),
        ...Object.fromEntries(
          cachedPaths.map((cachedPath) => [
            cachedPath.pattern,
            { ...api, cachePolicy: policies.getCachePolicy(cachedPath) },
          ]),
        ),
      },
      errorResponses: errorStatuses.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: stage.priceClass,
      webAclId: webAclArn,
      ...(domain && {
        domainNames: [domain.name],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
      }),
    })
  }
}
