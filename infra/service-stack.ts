import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { BounceQueue } from '#infra/constructs/bounce-queue.ts'
import { ContractApi } from '#infra/constructs/contract-api.ts'
import { createWorkers } from '#infra/constructs/create-workers.ts'
import type { StorageResources } from '#infra/constructs/grant-rights.ts'
import { AlarmTopic, ServiceAlarm } from '#infra/constructs/service-alarm.ts'
import { type ServiceContext, ServiceFunction } from '#infra/constructs/service-function.ts'
import { watchStage } from '#infra/constructs/watch-stage.ts'
import { WorkQueue } from '#infra/constructs/work-queue.ts'
import { type DeploymentStage, toAttemptTimeVariables } from '#infra/stage.ts'
import type { Folder } from '#shared/contract/routes.ts'
import { schemaVersion } from '#shared/store/schema-version.ts'

type Props = StackProps & {
  stage: DeploymentStage
  mailFrom: string
  alarmEmails: readonly string[]
} & StorageResources

// Below the 30 seconds after which API Gateway gives up.
const apiTimeoutSeconds = 20

/** Everything that runs. It can be replaced at any time: its queues hold only ids of deliveries that are due. */
export class ServiceStack extends Stack {
  readonly apiDomain: string

  constructor(scope: Construct, id: string, props: Props) {
    const { stage, mailFrom, alarmEmails, catalog, leads, secret, edgeSecret, ...stackProps } = props
    super(scope, id, { description: `Prospectus ${stage.name}: functions, API and queues`, ...stackProps })
    // A deployment of an older program, which cannot read what this one stores, is refused by it.
    this.templateOptions.metadata = { schemaVersion }

    const alarmTopic = new AlarmTopic(this, 'Alarms', { emails: alarmEmails })
    const deliveryQueue = new WorkQueue(this, 'Deliveries', {
      maxConcurrency: stage.concurrentDeliveries,
      alarmTopic,
      whenItIsLate:
        'Deliveries have waited for over 15 minutes. Look for a slow school, or raise concurrentDeliveries.',
      whenItFails:
        'A delivery failed 5 times because of an internal error. Read the log of deliver. No lead is lost: the queue may be purged.',
    })
    const bounces = new BounceQueue(this, 'EmailBounces', { alarmTopic })
    const mailSet = bounces.configurationSet.configurationSetName
    const serviceContext: ServiceContext = {
      stage,
      alarmTopic,
      resources: { tables: { catalog, leads }, secret, edgeSecret, deliveries: deliveryQueue.queue, mailFrom, mailSet },
      variables: {
        STAGE: stage.name,
        MAINTENANCE: stage.isInMaintenance ? 'on' : 'off',
        CATALOG_TABLE: catalog.tableName,
        LEADS_TABLE: leads.tableName,
        SECRET_ARN: secret.secretArn,
        EDGE_SECRET_ARN: edgeSecret?.secretArn,
        KEY_LIMIT_PER_MINUTE: String(stage.rateLimits.perKey),
        ADDRESS_LIMIT_PER_MINUTE: String(stage.rateLimits.perAddress),
        DELIVERY_QUEUE_URL: deliveryQueue.queue.queueUrl,
        EARLY_QUEUE: stage.earlyQueue,
        MAIL_FROM: mailFrom,
        MAIL_CONFIGURATION_SET: mailSet,
        PUBLIC_URL: stage.publicUrl,
        OIDC_ISSUER: stage.oidc?.issuer,
        OIDC_CLIENT_ID: stage.oidc?.clientId,
        OIDC_NAME: stage.oidc?.name,
        SECOND_FACTOR: stage.secondFactor,
        RETENTION_DAYS: String(stage.retentionDays),
        ...toAttemptTimeVariables(stage),
      },
    }
    const createApiFunction = (id: string, name: Folder, whenItFails: string, reservedConcurrency?: number) =>
      new ServiceFunction(this, id, {
        ...serviceContext,
        name,
        timeoutSeconds: apiTimeoutSeconds,
        reservedConcurrency,
        whenItFails,
      })
    const functions = {
      catalog: createApiFunction(
        'Catalog',
        'catalog',
        'Visitors cannot read careers and schools. No lead is at risk. Read the log of catalog.',
      ),
      capture: createApiFunction(
        'Capture',
        'capture',
        'Leads are being refused: revenue is lost by the minute. Read the log of capture, then roll back.',
        stage.captureConcurrency === 'unreserved' ? undefined : stage.captureConcurrency,
      ),
      school: createApiFunction(
        'School',
        'school',
        'Schools cannot read their leads. Deliveries continue. Read the log of school.',
      ),
      publisher: createApiFunction(
        'Publisher',
        'publisher',
        'Publishers cannot read what became of their leads. Leads are accepted and delivered. Read the log of publisher.',
      ),
      operator: createApiFunction(
        'Operator',
        'operator',
        'Staff cannot edit or look up records. Leads are accepted and delivered. Read the log of operator.',
      ),
    }
    new ServiceAlarm(functions.capture, 'Throttles', {
      metric: functions.capture.metricThrottles({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      whenItFails:
        'Lambda refuses calls of capture: visitors get 503, and a visitor who does not try again is a lost lead. Raise the ' +
        "account's concurrency, or captureConcurrency of the stage.",
      alarmTopic,
    })
    createWorkers(this, serviceContext, { deliveries: deliveryQueue, bounces: bounces.queue })

    const api = new ContractApi(this, 'Api', {
      ...serviceContext,
      functions,
      whenItFails: 'The API returns 5xx. Find the routes in the access log, then read the log of their Lambda.',
    })
    watchStage(this, serviceContext)

    // Exported whether or not there is an edge: an export that a deployed stack imports cannot be removed.
    this.exportValue(api.endpoint)
    this.apiDomain = api.domain
    new CfnOutput(this, 'ApiUrl', { value: api.url })
    new CfnOutput(this, 'AlarmTopicArn', { value: alarmTopic.topicArn })
  }
}
