import type { Construct } from 'constructs'
import { ScheduledRule } from '#infra/constructs/scheduled-rule.ts'
import type { AlarmTopic } from '#infra/constructs/service-alarm.ts'
import { type ServiceContext, ServiceFunction } from '#infra/constructs/service-function.ts'
import { toAttemptTimeVariables } from '#infra/stage.ts'
import { type WorkerName, workers } from '#shared/contract/delivery/workers.ts'

/** What groups of Lambdas are told. */
type WorkerEnvironments = {
  catalogEnvironment: { STAGE: string; CATALOG_TABLE: string }
  leadsEnvironment: { LEADS_TABLE: string }
  dataEnvironment: { STAGE: string; CATALOG_TABLE: string; LEADS_TABLE: string; SECRET_ARN: string }
  queueEnvironment: { DELIVERY_QUEUE_URL: string }
}
type WorkerFunctions = ReturnType<typeof createWorkers>

/** Whoever a queue or a clock starts, each its own Lambda, role and alarm. */
export function createWorkers(
  scope: Construct,
  context: ServiceContext,
  { catalogEnvironment, leadsEnvironment, dataEnvironment, queueEnvironment }: WorkerEnvironments,
) {
  const {
    stage,
    resources: { mailFrom, mailSet },
  } = context
  return {
    deliver: new ServiceFunction(scope, 'Deliver', {
      ...context,
      name: 'worker/deliver',
      timeoutSeconds: workers.deliver.timeoutSeconds,
      environment: { ...dataEnvironment, MAIL_FROM: mailFrom, MAIL_SET: mailSet, ...toAttemptTimeVariables(stage) },
      whenItFails: 'Deliveries fail by a fault of ours and are tried again. Read the log of deliver.',
    }),
    bounce: new ServiceFunction(scope, 'Bounce', {
      ...context,
      name: 'worker/bounce',
      timeoutSeconds: workers.bounce.timeoutSeconds,
      environment: { STAGE: stage.name, ...leadsEnvironment },
      whenItFails: 'E-mails that came back still count as delivered. They are kept; read the log of bounce.',
    }),
    sweep: new ServiceFunction(scope, 'Sweep', {
      ...context,
      name: 'worker/sweep',
      timeoutSeconds: workers.sweep.timeoutSeconds,
      environment: { STAGE: stage.name, ...leadsEnvironment, ...queueEnvironment },
      whenItFails: 'Due deliveries may not be sent again. They stay due; read the log of sweep before schools notice.',
    }),
    offer: new ServiceFunction(scope, 'Offer', {
      ...context,
      name: 'worker/offer',
      timeoutSeconds: workers.offer.timeoutSeconds,
      environment: dataEnvironment,
      whenItFails: 'Leads that wait for a cap or that a school rejected go to nobody else. Read the log of offer.',
    }),
    replay: new ServiceFunction(scope, 'Replay', {
      ...context,
      name: 'worker/replay',
      timeoutSeconds: workers.replay.timeoutSeconds,
      environment: { ...catalogEnvironment, ...leadsEnvironment },
      whenItFails: 'A replay of many deliveries does not go on. It will where it stopped; read the log of replay.',
    }),
    erase: new ServiceFunction(scope, 'Erase', {
      ...context,
      name: 'worker/erase',
      timeoutSeconds: workers.erase.timeoutSeconds,
      environment: dataEnvironment,
      whenItFails: 'An erasure does not come to its end: a person is not forgotten yet. Read the log of erase.',
    }),
    retain: new ServiceFunction(scope, 'Retain', {
      ...context,
      name: 'worker/retain',
      timeoutSeconds: workers.retain.timeoutSeconds,
      environment: { ...dataEnvironment, RETENTION_DAYS: String(stage.retentionDays) },
      whenItFails:
        'People are kept for longer than this stage says. Nothing else stands still. Read the log of retain.',
    }),
    reconcile: new ServiceFunction(scope, 'Reconcile', {
      ...context,
      name: 'worker/reconcile',
      timeoutSeconds: workers.reconcile.timeoutSeconds,
      environment: { ...catalogEnvironment, ...leadsEnvironment },
      whenItFails: 'Nobody counts whether every lead is accounted for. No lead is at risk. Read the log of reconcile.',
    }),
    'roll-up': new ServiceFunction(scope, 'RollUp', {
      ...context,
      name: 'worker/roll-up',
      timeoutSeconds: workers['roll-up'].timeoutSeconds,
      environment: { STAGE: stage.name, ...leadsEnvironment },
      whenItFails: `${staleReportsMessage} Read the log of roll-up.`,
    }),
  } satisfies { [Name in WorkerName]: unknown }
}

/** Wakes those whom a clock starts. */
export function createSchedules(scope: Construct, workerFunctions: WorkerFunctions, alarmTopic: AlarmTopic): void {
  for (const [id, name, whenItStops] of schedules) {
    const { everySeconds } = workers[name].trigger
    new ScheduledRule(scope, id, { alarmTopic, worker: workerFunctions[name], everySeconds, whenItStops })
  }
}

const staleReportsMessage =
  'The figures of reports grow old. No lead is at risk, and no figure is lost: all are counted again.'
const schedules = [
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
  ['RollUpClock', 'roll-up', `${staleReportsMessage} Look at its rule.`],
] as const
