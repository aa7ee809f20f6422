import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { ContractApi } from '#infra/constructs/contract-api.ts'
import type { Kept } from '#infra/constructs/grant-rights.ts'
import { AlarmTopic } from '#infra/constructs/house-alarm.ts'
import { type House, HouseFunction } from '#infra/constructs/house-function.ts'
import { ReturnedMail } from '#infra/constructs/returned-mail.ts'
import { watchStage } from '#infra/constructs/watch-stage.ts'
import { WorkQueue } from '#infra/constructs/work-queue.ts'
import { hireWorkers, startClocks } from '#infra/constructs/workforce.ts'
import type { Stage } from '#infra/stage.ts'
import { visibilitySeconds } from '#shared/contract/delivery/workers.ts'

type Props = StackProps & { stage: Stage; mailFrom: string } & Kept

// Below the 30 seconds after which API Gateway gives up.
const patience = { timeoutSeconds: 20 }

/** What runs, and can be replaced at any moment: nothing is kept here but pointers to what is due. */
export class ServiceStack extends Stack {
  readonly apiDomain: string

  constructor(scope: Construct, id: string, { stage, mailFrom, catalog, leads, secret, edgeSecret, ...props }: Props) {
    super(scope, id, { description: `Prospectus ${stage.name}: what runs`, ...props })

    const alarmTopic = new AlarmTopic(this, 'Alarms')
    const deliveries = new WorkQueue(this, 'Deliveries', {
      visibilitySeconds,
      alarmTopic,
      whenItIsLate: 'Deliveries wait for over 15 minutes. Look for a slow school, or raise concurrentDeliveries.',
      whenItFails:
        'A delivery failed 5 times by a fault of ours. Read the log of deliver. No lead is lost: purge at will.',
    })
    const returned = new ReturnedMail(this, 'ReturnedMail', { visibilitySeconds, alarmTopic })
    const mailSet = returned.configurationSet.configurationSetName
    const house: House = {
      stage,
      alarmTopic,
      holdings: { tables: { catalog, leads }, secret, edgeSecret, deliveries: deliveries.queue, mailFrom, mailSet },
    }
    const readers = { STAGE: stage.name, CATALOG_TABLE: catalog.tableName }
    const people = { LEADS_TABLE: leads.tableName }
    const everyone = { ...readers, ...people, SECRET_ARN: secret.secretArn }
    const toQueue = { DELIVERY_QUEUE_URL: deliveries.queue.queueUrl }
    const onFastPath = { ...toQueue, FAST_PATH: stage.fastPath }
    const edged = edgeSecret && { EDGE_SECRET_ARN: edgeSecret.secretArn }
    const keyed = { ...everyone, ...edged, KEY_LIMIT_PER_MINUTE: String(stage.perKeyPerMinute) }
    const addressed = { ADDRESS_LIMIT_PER_MINUTE: String(stage.perAddressPerMinute) }
    const functions = {
      catalog: new HouseFunction(this, 'Catalog', {
        ...house,
        ...patience,
        name: 'catalog',
        environment: { ...readers, ...edged },
        whenItFails: 'Visitors cannot read careers and schools. No lead is at risk. Read the log of catalog.',
      }),
      capture: new HouseFunction(this, 'Capture', {
        ...house,
        ...patience,
        name: 'capture',
        environment: { ...keyed, ...addressed, ...onFastPath },
        whenItFails: 'Enquiries are being refused: revenue is lost by the minute. Read the log of capture, roll back.',
      }),
      school: new HouseFunction(this, 'School', {
        ...house,
        ...patience,
        name: 'school',
        environment: { ...keyed, ...onFastPath },
        whenItFails: 'Schools cannot read their leads. Deliveries go on. Read the log of school.',
      }),
      operator: new HouseFunction(this, 'Operator', {
        ...house,
        ...patience,
        name: 'operator',
        environment: { ...keyed, ...addressed, ...onFastPath },
        whenItFails: 'Staff cannot edit or look up. Leads are taken and delivered. Read the log of operator.',
      }),
    }
    const workforce = hireWorkers(this, house, { readers, people, everyone, toQueue })

    const api = new ContractApi(this, 'Api', {
      ...house,
      functions,
      whenItFails: 'The API answers with 5xx. The access log says on which routes; then read the log of that Lambda.',
    })
    deliveries.feed(workforce.deliver, stage.concurrentDeliveries)
    returned.feed(workforce.bounce)
    startClocks(this, workforce, alarmTopic)

    watchStage(this, house)

    this.apiDomain = api.domain
    new CfnOutput(this, 'ApiUrl', { value: api.url })
    new CfnOutput(this, 'AlarmTopicArn', { value: alarmTopic.topicArn })
  }
}
