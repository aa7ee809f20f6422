import { Stack } from 'aws-cdk-lib'
import { Alarm, type AlarmProps, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'

/** `whenItFails` is the alarm's text for the person on call: what happened, who is affected and what to do first. */
type Props = Pick<AlarmProps, 'metric' | 'threshold'> &
  Partial<Pick<AlarmProps, 'evaluationPeriods' | 'comparisonOperator' | 'treatMissingData' | 'actionsEnabled'>> & {
    whenItFails: string
    alarmTopic: AlarmTopic
  }

/** An alarm whose text links to its runbook. By default, missing data is not a failure. */
export class ServiceAlarm extends Alarm {
  constructor(scope: Construct, id: string, { whenItFails, alarmTopic, ...props }: Props) {
    super(scope, id, {
      alarmDescription: `${whenItFails} Runbook: ${runbookFile}#${buildRunbookAnchor(scope, id)}`,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
    })
    this.addAlarmAction(new SnsAction(alarmTopic))
    this.addOkAction(new SnsAction(alarmTopic))
  }
}

const runbookFile = 'docs/operations.md'

/** The anchor of an alarm's runbook, made of construct ids: `Deliver` and `Errors` give `deliver-errors`. */
function buildRunbookAnchor(scope: Construct, id: string): string {
  const path = Stack.isStack(scope) ? [id] : [scope.node.id, id]
  return path.map((name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()).join('-')
}

/** The SNS topic that all alarms of a stack publish to. Each address gets an email from AWS to confirm that it wants them. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, { emails }: { emails: readonly string[] }) {
    super(scope, id, { enforceSSL: true })
    for (const email of emails) this.addSubscription(new EmailSubscription(email))
    // A topic with its own policy loses the default policy, which lets alarms publish.
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    )
  }
}
