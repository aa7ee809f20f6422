import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource, LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { DeploymentStage } from '#infra/stage.ts'
import { formatRegionalName } from '#infra/stage-names.ts'

// Only CloudFront fields without personal data: no address, user agent, path, query, referrer or cookie.
const fields = [
  'date',
  'time',
  'x-edge-location',
  'x-edge-request-id',
  'cs-method',
  'cs-protocol',
  'ssl-protocol',
  'sc-status',
  'sc-bytes',
  'time-taken',
  'x-edge-result-type',
  'x-edge-detailed-result-type',
]

/** CloudFront standard logging (v2), one line per request. It must be in us-east-1. */
export class EdgeLog extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stage, distribution }: { stage: DeploymentStage; distribution: Distribution },
  ) {
    super(scope, id)
    const group = new LogGroup(this, 'Group', { retention: stage.logRetention, removalPolicy: stage.removal })
    const source = new CfnDeliverySource(this, 'Source', {
      name: `${formatRegionalName(stage)}-edge`,
      logType: 'ACCESS_LOGS',
      resourceArn: distribution.distributionArn,
    })
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name: `${formatRegionalName(stage)}-edge`,
      destinationResourceArn: group.logGroupArn,
      outputFormat: 'json',
    })
    const delivery = new CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.attrArn,
      recordFields: fields,
    })
    delivery.addResourceDependency(source)
  }
}
