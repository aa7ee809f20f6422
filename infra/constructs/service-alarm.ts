import { Stack } from 'aws-cdk-lib'
import { Alarm, type AlarmProps, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'

/** `whenItFails` is what the person who is woken reads: what has happened, who is hurt and what to do first. */
type Props = Pick<AlarmProps, 'metric' | 'threshold'> &
  Partial<Pick<AlarmProps, 'evaluationPeriods' | 'comparisonOperator' | 'treatMissingData'>> & {
    whenItFails: string
    alarmTopic: AlarmTopic
  }

/** Rings at the threshold, and says where to read on; silence is good news unless told otherwise. */
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

/** An alarm's section is called as the alarm is, after what it watches: `Deliver` and `Errors` give `deliver-errors`. */
function buildRunbookAnchor(scope: Construct, id: string): string {
  const path = Stack.isStack(scope) ? [id] : [scope.node.id, id]
  return path.map((name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()).join('-')
}

/** The one place that every alarm of a stage goes to. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string) {
    super(scope, id, { enforceSSL: true })
    // A topic with a policy of its own no longer has the default one, by which alarms may publish.
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
