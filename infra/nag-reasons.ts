import { Validations } from 'aws-cdk-lib'
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { Policy } from 'aws-cdk-lib/aws-iam'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { IConstruct } from 'constructs'
import { Clock } from '#infra/constructs/clock.ts'
import { HouseFunction } from '#infra/constructs/house-function.ts'
import { DeadLetters, WorkQueue } from '#infra/constructs/work-queue.ts'

/** `on` is the kind of construct that the rule is right about, and that we live with for the `reason`. */
type NagReason = { rule: string; on: abstract new (...args: never[]) => IConstruct; reason: string }

/** Every finding of cdk-nag that is left. A test holds the list against what cdk-nag finds, in both directions. */
export const nagReasons: readonly NagReason[] = [
  {
    rule: 'AwsSolutions-APIG4',
    on: HttpApi,
    reason: 'Callers prove themselves to the function: by nothing, by a source key and its origin, or by a hashed key.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    on: Policy,
    reason: 'X-Ray knows no resources. A test holds that no other statement has a wildcard for its resource.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    on: Secret,
    reason: 'Another root would orphan every look-up by HMAC and every sealed secret; rotating it is a migration.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    on: HouseFunction,
    reason: 'API and queue call synchronously, and a missed tick of the clock is made good by the next one.',
  },
  {
    rule: 'Serverless-LambdaAsyncFailureDestination',
    on: Clock,
    reason: 'A tick carries nothing that could be lost. Failed ticks and missing ticks each ring an alarm.',
  },
  {
    rule: 'Serverless-EventBusDLQ',
    on: Clock,
    reason: 'A tick carries nothing that could be lost, and a clock that has stopped rings an alarm.',
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    on: WorkQueue,
    reason: 'SQS mappings take no failure destination; the queue itself has dead letters.',
  },
  {
    rule: 'Serverless-SQSRedrivePolicy',
    on: DeadLetters,
    reason: 'This is where dead letters go.',
  },
]

/** Cdk-nag looks for acknowledgements on what it finds fault with, and on everything around it. */
export function acknowledgeFindings(scope: IConstruct): void {
  for (const construct of scope.node.findAll()) {
    for (const { rule, on, reason } of nagReasons) {
      if (construct instanceof on) Validations.of(construct).acknowledge({ id: rule, reason })
    }
  }
}
