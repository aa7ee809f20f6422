/** What runs without being called: by queue or by clock. Infra and the local host both read this table. */
export type Worker = { does: string; on: { queue: 'deliveries' } | { everySeconds: number }; timeoutSeconds: number }

export const workers = {
  deliver: {
    does: 'Hands one lead to one school, once per pointer on the queue',
    on: { queue: 'deliveries' },
    timeoutSeconds: 30,
  },
  sweep: {
    does: 'Puts every delivery that has come due on the queue: the guarantee behind the fast path',
    on: { everySeconds: 60 },
    timeoutSeconds: 50,
  },
  offer: {
    does: 'Offers kept leads again when a cap window opens, when a school has rejected them, or a day later',
    on: { everySeconds: 60 },
    timeoutSeconds: 50,
  },
} as const satisfies { [name: string]: Worker }
export type WorkerName = keyof typeof workers

/** Seconds that a queued pointer stays with one deliverer: SQS asks for six times the function's timeout. */
export const visibilitySeconds = 6 * workers.deliver.timeoutSeconds
