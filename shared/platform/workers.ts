import * as z from 'zod'
import {
  attemptTimeVariables,
  catalogTable,
  deliveryQueue,
  deployment,
  leadsTable,
  mail,
  refuseShortLease,
  retention,
  rootSecret,
} from './environment-variables.ts'
import { inboundWorker } from './inbound-worker.ts'
import { outboxWorkers } from './outbox-workers.ts'
import type { ScheduledWorker, WorkerDefinition } from './worker-definition.ts'

/**
 * Every function that a queue or a schedule starts. Infra makes functions, schedules and alarms from this table, the
 * local host its scheduled tasks, and each worker its time budget. What a worker may read and write is in
 * `infra/worker-rights.ts`.
 */
export const workers = {
  deliver: {
    description: 'Sends one lead to one school, once per queue message',
    trigger: { queue: 'deliveries' },
    timeoutSeconds: 30,
    environment: z
      .object({
        ...{ ...deployment, ...catalogTable, ...leadsTable, ...rootSecret },
        ...{ ...deliveryQueue, ...mail, ...attemptTimeVariables },
      })
      .superRefine(refuseShortLease),
    whenItFails: 'Deliveries fail because of an internal error and are retried. Read the log of deliver.',
  },
  file: {
    description: 'Sends the leads of campaigns that get files, at the times of their schedules',
    trigger: { everySeconds: 60 },
    localEverySeconds: 5,
    timeoutSeconds: 300,
    lastStepSeconds: 240,
    environment: z.object({
      ...{ ...deployment, ...catalogTable, ...leadsTable, ...rootSecret },
      ...{ ...mail, ...attemptTimeVariables },
    }),
    whenItFails: 'Files of leads are not sent to schools. They stay due. Read the log of file.',
    whenItStops: 'Files of leads are not sent to schools. They stay due. Check its rule, then its log.',
  },
  bounce: {
    description: 'Records an email bounce or complaint: the delivery is retried elsewhere, the mailbox is disabled',
    trigger: { queue: 'bounces' },
    timeoutSeconds: 30,
    memoryMegabytes: 256,
    environment: z.object({ ...deployment, ...leadsTable }),
    whenItFails: 'Bounced emails still count as delivered. Their messages stay in the queue. Read the log of bounce.',
  },
  sweep: {
    description: 'Queues every delivery that is due: the guarantee behind the best-effort messages',
    trigger: { everySeconds: 60 },
    localEverySeconds: 5,
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    environment: z.object({ ...deployment, ...leadsTable, ...deliveryQueue }),
    whenItFails: 'Due deliveries may not be retried. They stay due. Read the log of sweep before schools notice.',
    whenItStops: 'The sweeper has not run: failed deliveries are not retried. Check its rule, then its log.',
  },
  publish: {
    description: 'Finishes publishing records whose pages and candidates an interrupted write left out of date',
    trigger: { everySeconds: 60 },
    localEverySeconds: 5,
    timeoutSeconds: 300,
    memoryMegabytes: 256,
    lastStepSeconds: 60,
    environment: z.object({ ...deployment, ...catalogTable, ...leadsTable }),
    whenItFails:
      'Pages show an earlier state of a record, or deliveries wait for a deleted campaign. Routing follows the record. Read the log of publish.',
    whenItStops: 'Interrupted writes of records are not published. Check its rule, then its log.',
  },
  seal: {
    description: 'Adds the audit entries of the last minute to the hash chain of the day',
    trigger: { everySeconds: 60 },
    localEverySeconds: 5,
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    environment: z.object({ ...deployment, ...leadsTable }),
    whenItFails: 'Audit entries are stored and not sealed: a change of them would not show. Read the log of seal.',
    whenItStops:
      'Audit entries are stored and not sealed: a change of them would not show. Check its rule, then its log.',
  },
  'verify-audit': {
    description:
      'Verifies the hash chain of the audit entries of yesterday and today, and lists the proofs of consent of each day in it',
    trigger: { everySeconds: 3600 },
    timeoutSeconds: 300,
    memoryMegabytes: 256,
    lastStepSeconds: 200,
    environment: z.object({ ...deployment, ...leadsTable }),
    whenItFails: 'The audit is not verified. Entries are still written and sealed. Read the log of verify-audit.',
    whenItStops: 'The audit is not verified. Entries are still written and sealed. Check its rule, then its log.',
  },
  offer: {
    description: 'Offers leads again when a cap window opens, after a school rejected them, or a day later',
    trigger: { everySeconds: 60 },
    timeoutSeconds: 50,
    environment: z.object({ ...deployment, ...catalogTable, ...leadsTable, ...rootSecret }),
    whenItFails:
      'Leads that wait for a cap or that a school rejected are not offered to other schools. Read the log of offer.',
    whenItStops: 'Waiting leads are not offered again. They stay due. Check its rule, then its log.',
  },
  replay: {
    description: 'Continues replays of all deliveries that match a filter, page by page, until none is left',
    trigger: { everySeconds: 60 },
    localEverySeconds: 5,
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    lastStepSeconds: 25,
    environment: z.object({ ...deployment, ...catalogTable, ...leadsTable }),
    whenItFails: 'A replay of many deliveries does not proceed. It continues once fixed. Read the log of replay.',
    whenItStops: 'Replays of many deliveries do not proceed. They wait. Check its rule, then its log.',
  },
  erase: {
    description: 'Finishes erasures that the call that started them could not finish',
    trigger: { everySeconds: 60 },
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    lastStepSeconds: 25,
    environment: z.object({ ...deployment, ...catalogTable, ...leadsTable, ...rootSecret }),
    whenItFails: "An erasure does not finish: a person's data is still stored. Read the log of erase.",
    whenItStops: 'Interrupted erasures do not proceed. Check its rule, then its log.',
  },
  withdraw: {
    description:
      'Applies withdrawals of consent to leads and deliveries, tells schools, and alerts of missing receipts',
    trigger: { everySeconds: 60 },
    localEverySeconds: 1,
    timeoutSeconds: 60,
    memoryMegabytes: 256,
    lastStepSeconds: 25,
    environment: z.object({ ...deployment, ...catalogTable, ...leadsTable, ...rootSecret }),
    whenItFails:
      'A withdrawal of consent is not applied to leads that schools have. Nothing more is sent to any school. Read the log of withdraw.',
    whenItStops:
      'Withdrawals of consent are not applied to leads that schools have. Nothing more is sent. Check its rule, then its log.',
  },
  ...outboxWorkers,
  inbound: inboundWorker,
  retain: {
    description: 'Erases the personal data of leads that are older than the retention period, day by day',
    trigger: { everySeconds: 3600 },
    timeoutSeconds: 300,
    lastStepSeconds: 60,
    environment: z.object({ ...deployment, ...catalogTable, ...leadsTable, ...rootSecret, ...retention }),
    whenItFails:
      'Personal data is kept longer than the retention period. Nothing else is affected. Read the log of retain.',
    whenItStops: 'Personal data is kept longer than the retention period. Check its rule, then its log.',
  },
  credit: {
    description: 'Alerts staff of low balances, accepts returns that are due, and closes past months',
    trigger: { everySeconds: 300 },
    localEverySeconds: 5,
    timeoutSeconds: 300,
    memoryMegabytes: 256,
    environment: z.object({ ...deployment, ...catalogTable, ...leadsTable, ...rootSecret }),
    whenItFails:
      'Staff are not told that the credit of a school runs out, and past months stay open. The limit still holds. Read the log of credit.',
    whenItStops:
      'Staff are not told that the credit of a school runs out, and past months stay open. The limit still holds. Check its rule.',
  },
  reconcile: {
    description: "Compares the leads of yesterday and today with the schools' lists, and counts the differences",
    trigger: { everySeconds: 3600 },
    pastDaysEverySeconds: 6 * 3600,
    timeoutSeconds: 900,
    lastStepSeconds: 300,
    environment: z.object({ ...deployment, ...catalogTable, ...leadsTable }),
    whenItFails:
      'Reconciliation does not run, so a missing lead would go unnoticed. No lead is at risk. Read the log of reconcile.',
    whenItStops:
      'Reconciliation does not run, so a missing lead would go unnoticed. No lead is at risk. Check its rule.',
  },
  'roll-up': {
    description: 'Counts the leads and outcomes of today and yesterday, and earlier days again whose leads changed',
    trigger: { everySeconds: 3600 },
    pastDaysEverySeconds: 6 * 3600,
    localEverySeconds: 5,
    timeoutSeconds: 900,
    lastStepSeconds: 300,
    environment: z.object({ ...deployment, ...leadsTable }),
    whenItFails:
      'Report figures are out of date. No lead is at risk, and all figures can be recounted. Read the log of roll-up.',
    whenItStops:
      'Report figures are out of date. No lead is at risk, and all figures can be recounted. Check its rule.',
  },
} as const satisfies { [name: string]: WorkerDefinition }

export type WorkerName = keyof typeof workers
export type ScheduledWorkerName = {
  [Name in WorkerName]: (typeof workers)[Name] extends ScheduledWorker ? Name : never
}[WorkerName]

type BudgetedWorkerName = {
  [Name in WorkerName]: (typeof workers)[Name] extends { lastStepSeconds: number } ? Name : never
}[WorkerName]

/** Seconds after which a run starts no further step: one that starts just before that still ends within the timeout. */
export function getTimeBudgetSeconds(name: BudgetedWorkerName): number {
  return workers[name].timeoutSeconds - workers[name].lastStepSeconds
}

/** Seconds that a queued message is hidden from other consumers. AWS recommends six times the function's timeout. */
export const visibilitySeconds = 6 * workers.deliver.timeoutSeconds

/** Days that a queue keeps a message which no worker takes. */
export const queueRetentionDays = 1
