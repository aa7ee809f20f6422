/** Seconds that one attempt may take in all, and for which nobody else may begin one. */
export type AttemptTimes = { deadlineSeconds: number; leaseSeconds: number }

export const attemptTimes: AttemptTimes = { deadlineSeconds: 15, leaseSeconds: 60 }
/** What a deliverer does beside sending, and clocks that differ, fit into this. */
const marginSeconds = 30

/** Says why a lease could end under a living attempt, so that a program which is set up so does not start. */
export function findAttemptTimesFault({ deadlineSeconds, leaseSeconds }: AttemptTimes): string | undefined {
  if (deadlineSeconds <= 0) return `The deadline of an attempt must be more than 0 s, not ${deadlineSeconds}.`
  if (leaseSeconds > deadlineSeconds + marginSeconds) return undefined
  return `A lease must be longer than an attempt's deadline and ${marginSeconds} s more: ${leaseSeconds} s is not more than ${deadlineSeconds + marginSeconds}.`
}
