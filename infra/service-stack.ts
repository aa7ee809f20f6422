import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { Clock } from '#infra/constructs/clock.ts'
import { ContractApi } from '#infra/constructs/contract-api.ts'
import type { Kept } from '#infra/constructs/grant-rights.ts'
import { AlarmTopic } from '#infra/constructs/house-alarm.ts'
import { type House, HouseFunction } from '#infra/constructs/house-function.ts'
import { Reconciler } from '#infra/constructs/reconciler.ts'
import { ReturnedMail } from '#infra/constructs/returned-mail.ts'
import { RollUp } from '#infra/constructs/roll-up.ts'
import { watchStage } from '#infra/constructs/watch-stage.ts'
import { WorkQueue } from '#infra/constructs/work-queue.ts'
import { attemptTimesOf, type Stage } from '#infra/stage.ts'
import { visibilitySeconds, type WorkerName, workers } from '#shared/contract/workers.ts'

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
    const workforce = {
      deliver: new HouseFunction(this, 'Deliver', {
        ...house,
        name: 'worker/deliver',
        timeoutSeconds: workers.deliver.timeoutSeconds,
        environment: { ...everyone, MAIL_FROM: mailFrom, MAIL_SET: mailSet, ...attemptTimesOf(stage) },
        whenItFails: 'Deliveries fail by a fault of ours and are tried again. Read the log of deliver.',
      }),
      bounce: new HouseFunction(this, 'Bounce', {
        ...house,
        name: 'worker/bounce',
        timeoutSeconds: workers.bounce.timeoutSeconds,
        environment: { STAGE: stage.name, ...people },
        whenItFails: 'E-mails that came back still count as delivered. They are kept; read the log of bounce.',
      }),
      sweep: new HouseFunction(this, 'Sweep', {
        ...house,
        name: 'worker/sweep',
        timeoutSeconds: workers.sweep.timeoutSeconds,
        environment: { STAGE: stage.name, ...people, ...toQueue },
        whenItFails:
          'Due deliveries may not be sent again. They stay due; read the log of sweep before schools notice.',
      }),
      offer: new HouseFunction(this, 'Offer', {
        ...house,
        name: 'worker/offer',
        timeoutSeconds: workers.offer.timeoutSeconds,
        environment: everyone,
        whenItFails: 'Leads that wait for a cap or that a school rejected go to nobody else. Read the log of offer.',
      }),
      replay: new HouseFunction(this, 'Replay', {
        ...house,
        name: 'worker/replay',
        timeoutSeconds: workers.replay.timeoutSeconds,
        environment: { ...readers, ...people },
        whenItFails: 'A replay of many deliveries does not go on. It will where it stopped; read the log of replay.',
      }),
      reconcile: new Reconciler(this, 'Reconcile', { ...house, environment: { ...readers, ...people } }),
      'roll-up': new RollUp(this, 'RollUp', { ...house, environment: { STAGE: stage.name, ...people } }),
    } satisfies { [Name in WorkerName]: unknown }

    const api = new ContractApi(this, 'Api', {
      ...house,
      functions,
      whenItFails: 'The API answers with 5xx. The access log says on which routes; then read the log of that Lambda.',
    })
    deliveries.feed(workforce.deliver, stage.concurrentDeliveries)
    returned.feed(workforce.bounce)
    const tick = (id: string, name: 'sweep' | 'offer' | 'replay', whenItStops: string) => {
      const { everySeconds } = workers[name].on
      new Clock(this, id, { alarmTopic, worker: workforce[name], everySeconds, whenItStops })
    }
    const sweepStops =
      'The sweeper has not run: what failed once is not tried again. Look at its rule, then at its log.'
    tick('SweepClock', 'sweep', sweepStops)
    tick(
      'OfferClock',
      'offer',
      'Waiting leads are not offered again. They stay due; look at its rule, then at its log.',
    )
    tick('ReplayClock', 'replay', 'Replays of many do not go on. They wait; look at its rule, then at its log.')

    watchStage(this, house)

    this.apiDomain = api.domain
    new CfnOutput(this, 'ApiUrl', { value: api.url })
    new CfnOutput(this, 'AlarmTopicArn', { value: alarmTopic.topicArn })
  }
}
