/** Seconds that one attempt may take in total, and for which its lease keeps other deliverers out. */
export type AttemptTimes = { deadlineSeconds: number; leaseSeconds: number }

export const attemptTimes: AttemptTimes = { deadlineSeconds: 15, leaseSeconds: 60 }
/** Covers a deliverer's work other than sending, and differences between clocks. */
const marginSeconds = 30

/** An email may take longer than a webhook: a mail server answers only once it has checked the whole message. */
export function computeMailDeadlineSeconds({ leaseSeconds }: AttemptTimes): number {
  return leaseSeconds - marginSeconds
}

/** Returns why a lease could expire during an attempt, or undefined. A program with this fault must not start. */
export function findAttemptTimesFault({ deadlineSeconds, leaseSeconds }: AttemptTimes): string | undefined {
  if (deadlineSeconds <= 0) return `The deadline of an attempt must be more than 0 s, but is ${deadlineSeconds} s.`
  if (leaseSeconds > deadlineSeconds + marginSeconds) return undefined
  return `A lease must be longer than an attempt's deadline plus ${marginSeconds} s (${deadlineSeconds + marginSeconds} s), but is ${leaseSeconds} s.`
}
