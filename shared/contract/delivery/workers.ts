/** What runs without being called: by queue or by clock. Infra and the local host both read this table. */
export type WorkerDefinition = {
  description: string
  /** `againAfterSeconds`: how often it goes through within each of its turns. */
  trigger: { queue: 'deliveries' | 'returned-mail' } | { everySeconds: number; againAfterSeconds?: number }
  timeoutSeconds: number
}

export const workers = {
  deliver: {
    description: 'Hands one lead to one school, once per pointer on the queue',
    trigger: { queue: 'deliveries' },
    timeoutSeconds: 30,
  },
  bounce: {
    description: 'Notes an e-mail that came back or was complained of: the delivery goes on, the mailbox is left alone',
    trigger: { queue: 'returned-mail' },
    timeoutSeconds: 30,
  },
  sweep: {
    description: 'Puts every delivery that has come due on the queue: the guarantee behind the fast path',
    // The first retries are due within seconds, and a clock on AWS ticks by the minute.
    trigger: { everySeconds: 60, againAfterSeconds: 5 },
    timeoutSeconds: 90,
  },
  offer: {
    description: 'Offers kept leads again when a cap window opens, when a school has rejected them, or a day later',
    trigger: { everySeconds: 60 },
    timeoutSeconds: 50,
  },
  replay: {
    description: 'Works on replays of all that match a filter, page by page, until none is left',
    trigger: { everySeconds: 60 },
    timeoutSeconds: 60,
  },
  erase: {
    description: 'Carries erasures to their end that the call which began them could not',
    trigger: { everySeconds: 60 },
    timeoutSeconds: 60,
  },
  retain: {
    description: 'Forgets people whose enquiries are older than the stage keeps them, day by day',
    trigger: { everySeconds: 3600 },
    timeoutSeconds: 300,
  },
  reconcile: {
    description:
      'Holds the leads of yesterday and today against what schools list, and counts what only one side knows',
    trigger: { everySeconds: 3600 },
    timeoutSeconds: 900,
  },
  'roll-up': {
    description: 'Counts the leads of today and yesterday, and what became of them, and the days before in turn',
    trigger: { everySeconds: 3600 },
    timeoutSeconds: 900,
  },
} as const satisfies { [name: string]: WorkerDefinition }
export type WorkerName = keyof typeof workers

/** Seconds that a queued pointer stays with one deliverer: SQS asks for six times the function's timeout. */
export const visibilitySeconds = 6 * workers.deliver.timeoutSeconds
