import type * as z from 'zod'

export type QueueName = 'deliveries' | 'bounces'
type CommonDefinition = {
  description: string
  timeoutSeconds: number
  /** What an idle run costs follows from it. Absent: 512. */
  memoryMegabytes?: number
  environment: z.ZodObject
  /** The alarm's text when a run fails: what happened, who is affected and what to do first. */
  whenItFails: string
}
type QueueWorker = CommonDefinition & { trigger: { queue: QueueName } }
export type ScheduledWorker = CommonDefinition & {
  trigger: { everySeconds: number }
  /** How often days before today are counted again on AWS, where each count of a lead is billed. Absent: at each run. */
  pastDaysEverySeconds?: number
  /** The period on one machine, where a run costs nothing and the person at the screen waits for it. Absent: as in `trigger`. */
  localEverySeconds?: number
  /** Seconds at the end of the timeout in which no new step is started, because one step may take that long. */
  lastStepSeconds?: number
  /** The alarm's text when the schedule no longer starts it. */
  whenItStops: string
}
export type WorkerDefinition = QueueWorker | ScheduledWorker
