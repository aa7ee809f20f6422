import {
  ArnFormat,
  CfnOutput,
  CrossStackReferences,
  Fn,
  ReferenceStrength,
  SecretValue,
  Stack,
  type StackProps,
} from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { type Domain, Edge } from '#infra/constructs/edge.ts'
import { EdgeLog } from '#infra/constructs/edge-log.ts'
import { Firewall } from '#infra/constructs/firewall.ts'
import type { SecretReference } from '#infra/constructs/grant-rights.ts'
import { watchEdge } from '#infra/constructs/watch-edge.ts'
import { WebFiles } from '#infra/constructs/web-files.ts'
import type { DeploymentStage } from '#infra/stage.ts'

type Props = StackProps & {
  stage: DeploymentStage
  alarmEmails: readonly string[]
  apiDomain: string
  edgeSecret: SecretReference
  /** Change it to make CloudFormation read the secret again. */
  edition: string
  domain?: Domain | undefined
}

/** Firewall, CloudFront, web files and custom domain in front of the API. It stores no data. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: Props) {
    const { stage, alarmEmails, apiDomain, edgeSecret, edition, domain, ...stackProps } = props
    super(scope, id, { description: `Prospectus ${stage.name}: the edge of ${stage.region}`, ...stackProps })

    // Across regions a strong reference locks what it reads until the edge is gone, so the edge could not be switched off.
    if (stage.region !== this.region) CrossStackReferences.of(this).consume(ReferenceStrength.WEAK)

    const firewall = new Firewall(this, 'Firewall', { stage })
    const { bucket } = new WebFiles(this, 'Web')
    const edge = new Edge(this, 'Edge', {
      stage,
      comment: `Prospectus ${stage.name}, edition ${edition}`,
      apiDomain,
      secret: SecretValue.secretsManager(this.#here(edgeSecret), { jsonField: 'current' }).unsafeUnwrap(),
      files: bucket,
      webAclArn: firewall.attrArn,
      domain,
    })
    new EdgeLog(this, 'Log', { stage, distribution: edge })
    watchEdge(this, { edge, firewall }, alarmEmails)

    new CfnOutput(this, 'Url', { value: `https://${domain?.name ?? edge.distributionDomainName}` })
    new CfnOutput(this, 'DistributionDomain', { value: edge.distributionDomainName })
    new CfnOutput(this, 'WebBucket', { value: bucket.bucketName })
  }

  /** The replica of the secret in this region. It has the same name, and CloudFormation reads only secrets of its region. */
  #here({ secretArn }: SecretReference): string {
    const resourceName = Fn.select(6, Fn.split(':', secretArn))
    return this.formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
  }
}
