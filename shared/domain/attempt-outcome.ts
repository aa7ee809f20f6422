import type { Attempt } from './delivery.ts'
import { nextAttemptAt } from './retry-schedule.ts'

/** What came of one try, before it is judged. */
export type Tried = Pick<Attempt, 'kind' | 'stage' | 'status' | 'reason' | 'answer' | 'messageId'> & {
  /** The school will not have it. */
  rejected?: true
  /** It may not be sent, now or ever. */
  stopped?: true
}
type Times = { attempts: number; endedAt: string; dice: number }
type Next = { outcome: Attempt['outcome']; state: 'delivered' | 'rejected' | 'pending' | 'dead'; dueAt?: string }

/** Only what the school itself took counts as delivered: a webhook answered 2xx, or an e-mail that was accepted for sending. */
export function judgeAttempt({ stage, status, rejected, stopped }: Tried, { attempts, endedAt, dice }: Times): Next {
  if (stopped) return { outcome: 'dead', state: 'dead' }
  const taken = stage === 'sent' || (stage === 'answered' && status !== undefined && status >= 200 && status < 300)
  if (taken && rejected) return { outcome: 'rejected', state: 'rejected' }
  if (taken) return { outcome: 'delivered', state: 'delivered' }
  const dueAt = nextAttemptAt(attempts, endedAt, dice)
  return dueAt ? { outcome: 'retry', state: 'pending', dueAt } : { outcome: 'dead', state: 'dead' }
}
