import type { Construct } from 'constructs'
import { Clock } from '#infra/constructs/clock.ts'
import type { AlarmTopic } from '#infra/constructs/house-alarm.ts'
import { type House, HouseFunction } from '#infra/constructs/house-function.ts'
import { attemptTimesOf } from '#infra/stage.ts'
import { type WorkerName, workers } from '#shared/contract/delivery/workers.ts'

/** What groups of Lambdas are told. */
type Told = {
  readers: { STAGE: string; CATALOG_TABLE: string }
  people: { LEADS_TABLE: string }
  everyone: { STAGE: string; CATALOG_TABLE: string; LEADS_TABLE: string; SECRET_ARN: string }
  toQueue: { DELIVERY_QUEUE_URL: string }
}
type Workforce = ReturnType<typeof hireWorkers>

/** Whoever a queue or a clock starts, each its own Lambda, role and alarm. */
export function hireWorkers(scope: Construct, house: House, { readers, people, everyone, toQueue }: Told) {
  const {
    stage,
    holdings: { mailFrom, mailSet },
  } = house
  return {
    deliver: new HouseFunction(scope, 'Deliver', {
      ...house,
      name: 'worker/deliver',
      timeoutSeconds: workers.deliver.timeoutSeconds,
      environment: { ...everyone, MAIL_FROM: mailFrom, MAIL_SET: mailSet, ...attemptTimesOf(stage) },
      whenItFails: 'Deliveries fail by a fault of ours and are tried again. Read the log of deliver.',
    }),
    bounce: new HouseFunction(scope, 'Bounce', {
      ...house,
      name: 'worker/bounce',
      timeoutSeconds: workers.bounce.timeoutSeconds,
      environment: { STAGE: stage.name, ...people },
      whenItFails: 'E-mails that came back still count as delivered. They are kept; read the log of bounce.',
    }),
    sweep: new HouseFunction(scope, 'Sweep', {
      ...house,
      name: 'worker/sweep',
      timeoutSeconds: workers.sweep.timeoutSeconds,
      environment: { STAGE: stage.name, ...people, ...toQueue },
      whenItFails: 'Due deliveries may not be sent again. They stay due; read the log of sweep before schools notice.',
    }),
    offer: new HouseFunction(scope, 'Offer', {
      ...house,
      name: 'worker/offer',
      timeoutSeconds: workers.offer.timeoutSeconds,
      environment: everyone,
      whenItFails: 'Leads that wait for a cap or that a school rejected go to nobody else. Read the log of offer.',
    }),
    replay: new HouseFunction(scope, 'Replay', {
      ...house,
      name: 'worker/replay',
      timeoutSeconds: workers.replay.timeoutSeconds,
      environment: { ...readers, ...people },
      whenItFails: 'A replay of many deliveries does not go on. It will where it stopped; read the log of replay.',
    }),
    erase: new HouseFunction(scope, 'Erase', {
      ...house,
      name: 'worker/erase',
      timeoutSeconds: workers.erase.timeoutSeconds,
      environment: everyone,
      whenItFails: 'An erasure does not come to its end: a person is not forgotten yet. Read the log of erase.',
    }),
    retain: new HouseFunction(scope, 'Retain', {
      ...house,
      name: 'worker/retain',
      timeoutSeconds: workers.retain.timeoutSeconds,
      environment: { ...everyone, RETENTION_DAYS: String(stage.retentionDays) },
      whenItFails:
        'People are kept for longer than this stage says. Nothing else stands still. Read the log of retain.',
    }),
    reconcile: new HouseFunction(scope, 'Reconcile', {
      ...house,
      name: 'worker/reconcile',
      timeoutSeconds: workers.reconcile.timeoutSeconds,
      environment: { ...readers, ...people },
      whenItFails: 'Nobody counts whether every lead is accounted for. No lead is at risk. Read the log of reconcile.',
    }),
    'roll-up': new HouseFunction(scope, 'RollUp', {
      ...house,
      name: 'worker/roll-up',
      timeoutSeconds: workers['roll-up'].timeoutSeconds,
      environment: { STAGE: stage.name, ...people },
      whenItFails: `${figuresAge} Read the log of roll-up.`,
    }),
  } satisfies { [Name in WorkerName]: unknown }
}

/** Wakes those whom a clock starts. */
export function startClocks(scope: Construct, workforce: Workforce, alarmTopic: AlarmTopic): void {
  for (const [id, name, whenItStops] of clocks) {
    const { everySeconds } = workers[name].on
    new Clock(scope, id, { alarmTopic, worker: workforce[name], everySeconds, whenItStops })
  }
}

const figuresAge = 'The figures of reports grow old. No lead is at risk, and no figure is lost: all are counted again.'
const clocks = [
  [
    'SweepClock',
    'sweep',
    'The sweeper has not run: what failed once is not tried again. Look at its rule, then at its log.',
  ],
  ['OfferClock', 'offer', 'Waiting leads are not offered again. They stay due; look at its rule, then at its log.'],
  ['ReplayClock', 'replay', 'Replays of many do not go on. They wait; look at its rule, then at its log.'],
  ['RetainClock', 'retain', 'People are kept for longer than this stage says. Look at its rule, then at its log.'],
  ['EraseClock', 'erase', 'Erasures that were cut short do not go on. Look at its rule, then at its log.'],
  [
    'ReconcileClock',
    'reconcile',
    'Nobody counts whether every lead is accounted for. No lead is at risk. Look at its rule.',
  ],
  ['RollUpClock', 'roll-up', `${figuresAge} Look at its rule.`],
] as const
