import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { BounceQueue } from '#infra/constructs/bounce-queue.ts'
import { ContractApi } from '#infra/constructs/contract-api.ts'
import { createSchedules, createWorkers } from '#infra/constructs/create-workers.ts'
import type { StorageResources } from '#infra/constructs/grant-rights.ts'
import { AlarmTopic } from '#infra/constructs/service-alarm.ts'
import { type ServiceContext, ServiceFunction } from '#infra/constructs/service-function.ts'
import { watchStage } from '#infra/constructs/watch-stage.ts'
import { WorkQueue } from '#infra/constructs/work-queue.ts'
import type { DeploymentStage } from '#infra/stage.ts'
import { visibilitySeconds } from '#shared/contract/delivery/workers.ts'

type Props = StackProps & { stage: DeploymentStage; mailFrom: string } & StorageResources

// Below the 30 seconds after which API Gateway gives up.
const apiTimeout = { timeoutSeconds: 20 }

/** What runs, and can be replaced at any moment: nothing is kept here but pointers to what is due. */
export class ServiceStack extends Stack {
  readonly apiDomain: string

  constructor(scope: Construct, id: string, { stage, mailFrom, catalog, leads, secret, edgeSecret, ...props }: Props) {
    super(scope, id, { description: `Prospectus ${stage.name}: what runs`, ...props })

    const alarmTopic = new AlarmTopic(this, 'Alarms')
    const deliveryQueue = new WorkQueue(this, 'Deliveries', {
      visibilitySeconds,
      alarmTopic,
      whenItIsLate: 'Deliveries wait for over 15 minutes. Look for a slow school, or raise concurrentDeliveries.',
      whenItFails:
        'A delivery failed 5 times by a fault of ours. Read the log of deliver. No lead is lost: purge at will.',
    })
    const bounceQueue = new BounceQueue(this, 'ReturnedMail', { visibilitySeconds, alarmTopic })
    const mailSet = bounceQueue.configurationSet.configurationSetName
    const serviceContext: ServiceContext = {
      stage,
      alarmTopic,
      resources: { tables: { catalog, leads }, secret, edgeSecret, deliveries: deliveryQueue.queue, mailFrom, mailSet },
    }
    const catalogEnvironment = { STAGE: stage.name, CATALOG_TABLE: catalog.tableName }
    const leadsEnvironment = { LEADS_TABLE: leads.tableName }
    const dataEnvironment = { ...catalogEnvironment, ...leadsEnvironment, SECRET_ARN: secret.secretArn }
    const queueEnvironment = { DELIVERY_QUEUE_URL: deliveryQueue.queue.queueUrl }
    const earlyQueueEnvironment = { ...queueEnvironment, FAST_PATH: stage.earlyQueue }
    const edgeEnvironment = edgeSecret && { EDGE_SECRET_ARN: edgeSecret.secretArn }
    const apiKeyEnvironment = {
      ...dataEnvironment,
      ...edgeEnvironment,
      KEY_LIMIT_PER_MINUTE: String(stage.perKeyPerMinute),
    }
    const addressLimitEnvironment = { ADDRESS_LIMIT_PER_MINUTE: String(stage.perAddressPerMinute) }
    const functions = {
      catalog: new ServiceFunction(this, 'Catalog', {
        ...serviceContext,
        ...apiTimeout,
        name: 'catalog',
        environment: { ...catalogEnvironment, ...edgeEnvironment },
        whenItFails: 'Visitors cannot read careers and schools. No lead is at risk. Read the log of catalog.',
      }),
      capture: new ServiceFunction(this, 'Capture', {
        ...serviceContext,
        ...apiTimeout,
        name: 'capture',
        environment: { ...apiKeyEnvironment, ...addressLimitEnvironment, ...earlyQueueEnvironment },
        whenItFails: 'Enquiries are being refused: revenue is lost by the minute. Read the log of capture, roll back.',
      }),
      school: new ServiceFunction(this, 'School', {
        ...serviceContext,
        ...apiTimeout,
        name: 'school',
        environment: { ...apiKeyEnvironment, ...earlyQueueEnvironment },
        whenItFails: 'Schools cannot read their leads. Deliveries go on. Read the log of school.',
      }),
      operator: new ServiceFunction(this, 'Operator', {
        ...serviceContext,
        ...apiTimeout,
        name: 'operator',
        environment: { ...apiKeyEnvironment, ...addressLimitEnvironment, ...earlyQueueEnvironment },
        whenItFails: 'Staff cannot edit or look up. Leads are taken and delivered. Read the log of operator.',
      }),
    }
    const workers = createWorkers(this, serviceContext, {
      catalogEnvironment,
      leadsEnvironment,
      dataEnvironment,
      queueEnvironment,
    })

    const api = new ContractApi(this, 'Api', {
      ...serviceContext,
      functions,
      whenItFails: 'The API answers with 5xx. The access log says on which routes; then read the log of that Lambda.',
    })
    deliveryQueue.addConsumer(workers.deliver, stage.concurrentDeliveries)
    bounceQueue.addConsumer(workers.bounce)
    createSchedules(this, workers, alarmTopic)

    watchStage(this, serviceContext)

    this.apiDomain = api.domain
    new CfnOutput(this, 'ApiUrl', { value: api.url })
    new CfnOutput(this, 'AlarmTopicArn', { value: alarmTopic.topicArn })
  }
}
