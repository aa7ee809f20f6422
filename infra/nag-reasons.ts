import { Validations } from 'aws-cdk-lib'
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { Policy } from 'aws-cdk-lib/aws-iam'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { IConstruct } from 'constructs'
import { Edge } from '#infra/constructs/edge.ts'
import { ScheduledRule } from '#infra/constructs/scheduled-rule.ts'
import { AlarmTopic } from '#infra/constructs/service-alarm.ts'
import { ServiceFunction } from '#infra/constructs/service-function.ts'
import { WebBucket } from '#infra/constructs/web-files.ts'
import { DeadLetters, WorkQueue } from '#infra/constructs/work-queue.ts'
import { EdgeStack } from '#infra/edge-stack.ts'
import { edgeRegion } from '#infra/stage-names.ts'

/** A cdk-nag rule, the class of constructs that it reports, and why the finding is accepted. */
type NagReason = { rule: string; on: abstract new (...args: never[]) => IConstruct; reason: string }

const deploymentFindings = [
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
  ...['GetObject', 'GetBucket', 'List', 'DeleteObject', 'Abort'].map(
    (verb) => `AwsSolutions-IAM5[Action::s3:${verb}*]`,
  ),
  `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-${edgeRegion}/*]`,
  'AwsSolutions-IAM5[Resource::<WebBucketE51352C0.Arn>/*]',
  'AwsSolutions-L1',
  'Serverless-LambdaDLQ',
  'Serverless-LambdaLatestVersion',
  'Serverless-LambdaTracing',
]

/** What is found instead of `Serverless-LambdaTracing` in a stage with traces. */
const tracingReason: NagReason = {
  rule: 'AwsSolutions-IAM5[Resource::*]',
  on: Policy,
  reason: 'X-Ray knows no resources. A test holds that without traces no statement has a wildcard but that of SES.',
}

/** All accepted cdk-nag findings of a stage without traces. A test compares the list with the actual findings in both directions. */
export const nagReasons: readonly NagReason[] = [
  {
    rule: 'AwsSolutions-APIG4',
    on: HttpApi,
    reason: 'Callers prove themselves to the function: by nothing, by a source key and its origin, or by a hashed key.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
    on: Policy,
    reason:
      'SES asks for whichever identity is verified, and in the sandbox for the recipient. A condition holds the sender.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    on: Secret,
    reason:
      "Another root would orphan every look-up by HMAC and every sealed secret: a migration. The edge's own is changed by hand, together with the edge.",
  },
  {
    rule: 'Serverless-LambdaTracing',
    on: ServiceFunction,
    reason: 'A setting of the stage turns traces on. Log lines carry the trace of each lead without X-Ray.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    on: ServiceFunction,
    reason: 'API and queue call synchronously, and a missed tick of the clock is made good by the next one.',
  },
  {
    rule: 'Serverless-LambdaAsyncFailureDestination',
    on: ScheduledRule,
    reason: 'A tick carries nothing that could be lost. Failed ticks and missing ticks each ring an alarm.',
  },
  {
    rule: 'Serverless-EventBusDLQ',
    on: ScheduledRule,
    reason: 'A tick carries nothing that could be lost, and a clock that has stopped rings an alarm.',
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    on: WorkQueue,
    reason: 'SQS mappings take no failure destination; the queue itself has dead letters.',
  },
  {
    rule: 'Serverless-SNSRedrivePolicy',
    on: AlarmTopic,
    reason: 'AWS tries an alarm email again by itself, and the console shows every alarm.',
  },
  {
    rule: 'AwsSolutions-CFR1',
    on: Edge,
    reason: 'Whoever may study in the United States may ask from anywhere.',
  },
  {
    rule: 'AwsSolutions-CFR3',
    on: Edge,
    reason:
      'It knows the older logging alone, which cannot leave out addresses. The newer one is on (EdgeLog); a test holds it.',
  },
  {
    rule: 'AwsSolutions-CFR4',
    on: Edge,
    reason:
      "CloudFront's own certificate knows no other; with a domain of one's own it is TLS 1.2 (2021), held by a test.",
  },
  {
    rule: 'AwsSolutions-S1',
    on: WebBucket,
    reason: 'Nobody reads it but CloudFront, whose requests are logged.',
  },
  {
    rule: 'Serverless-SQSRedrivePolicy',
    on: DeadLetters,
    reason: 'This is where dead letters go.',
  },
  ...deploymentFindings.map((rule) => ({
    rule,
    on: EdgeStack,
    reason: "The CDK's own Lambda, the only one in this stack: while deploying it copies the widget, and nothing else.",
  })),
]

/**
 * Acknowledges the accepted findings. Some name the account if the stage file does, others never do. cdk-nag looks for
 * acknowledgements on the construct and its scopes.
 */
export function acknowledgeFindings(scope: IConstruct, account = '<AWS::AccountId>'): void {
  for (const construct of scope.node.findAll()) {
    for (const { rule, on, reason } of [...nagReasons, tracingReason]) {
      if (!(construct instanceof on)) continue
      for (const id of new Set([rule, rule.replace('<AWS::AccountId>', account)]))
        Validations.of(construct).acknowledge({ id, reason })
    }
  }
}
