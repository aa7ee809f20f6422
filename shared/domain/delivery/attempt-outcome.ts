import type { Endpoint } from '../routing/campaign.ts'
import { offerDays } from '../routing/offer.ts'
import type { Attempt, Delivery } from './delivery.ts'
import { fallbackAt } from './fallback.ts'
import type { Meaning } from './response-rules.ts'
import { retryAfterSeconds } from './retry-after.ts'
import { nextAttemptAt, nextFreeAttemptAt, secondsAfter, untilMended } from './retry-schedule.ts'

/** What came of one try, before it is judged. */
export type Tried = Pick<
  Attempt,
  'kind' | 'stage' | 'request' | 'status' | 'reason' | 'answer' | 'reference' | 'priceCents' | 'messageId' | 'parentId'
> & {
  /** Where an answer came: what its school's response rules make of it. */
  means?: Meaning
  retryAfter?: string
  /** It may not be sent, now or ever: the visitor withdrew consent, or the school asked for an end of it. */
  stopped?: true
  /** What failed is our own: no school is to blame. */
  ours?: true
}
/** What a try amounts to. `gone`: the endpoint is closed for good. `slow`: the school asks for patience. */
export type Finding = 'taken' | 'rejected' | 'stopped' | 'gone' | 'slow' | 'ours' | 'failed'
/** As the delivery stood when the attempt was made; `attempts` counts this one. */
export type Standing = Pick<
  Delivery,
  'createdAt' | 'attempts' | 'charged' | 'uncertain' | 'failingSince' | 'deliveredAt'
>
type Circumstances = { endedAt: string; dice: number; endpoint?: Endpoint | undefined }
export type Judgement = {
  finding: Finding
  outcome: Attempt['outcome']
  state: 'delivered' | 'rejected' | 'pending' | 'parked' | 'dead'
  dueAt?: string
} & Pick<Delivery, 'charged' | 'uncertain' | 'failingSince' | 'deliveredAt'>

/**
 * What follows from one attempt. Only what the school itself took counts as delivered, and what it took once stays
 * delivered, whatever a replay brings. Only what failed by the school's own doing counts on the retry schedule.
 */
export function judgeAttempt(tried: Tried, standing: Standing, circumstances: Circumstances): Judgement {
  const finding = findings.find(({ holds }) => holds(tried, standing))?.finding ?? 'failed'
  const { endedAt } = circumstances
  const deliveredAt = standing.deliveredAt ?? (finding === 'taken' ? endedAt : undefined)
  const goesOn = finding === 'gone' || finding === 'slow' || finding === 'ours' || finding === 'failed'
  const failingSince = goesOn ? (standing.failingSince ?? endedAt) : undefined
  const charged = standing.charged + (finding === 'failed' ? 1 : 0)
  const followed: Followed = goesOn
    ? again(finding, { ...standing, charged, failingSince }, circumstances, tried)
    : final[finding]
  return {
    finding,
    ...followed,
    ...(deliveredAt !== undefined && { deliveredAt, ...(followed.dueAt === undefined && { state: 'delivered' }) }),
    ...(failingSince !== undefined && { failingSince }),
    charged,
    uncertain: standing.uncertain || mayHaveArrived(tried),
  }
}

/** The first that holds is what a try amounts to; where none does, it failed. */
const findings: readonly { finding: Finding; holds: (tried: Tried, standing: Standing) => boolean }[] = [
  { finding: 'taken', holds: ({ stage }) => stage === 'sent' },
  { finding: 'taken', holds: ({ means }) => means === 'accepted' },
  // The school knows the person: from our own earlier attempt, if one may have arrived.
  {
    finding: 'taken',
    holds: ({ means }, { uncertain, deliveredAt }) => means === 'duplicate' && (uncertain || deliveredAt !== undefined),
  },
  { finding: 'rejected', holds: ({ means }) => means === 'rejected' || means === 'duplicate' },
  { finding: 'stopped', holds: ({ stopped }) => stopped === true },
  { finding: 'ours', holds: ({ ours }) => ours === true },
  // The guard's no, a name that could not be resolved.
  { finding: 'ours', holds: ({ stage }) => stage === 'refused' || stage === 'resolve' },
  { finding: 'gone', holds: ({ status }) => status === 410 },
  { finding: 'slow', holds: ({ status }) => status === 429 || status === 503 },
]

const final = {
  taken: { outcome: 'delivered', state: 'delivered' },
  rejected: { outcome: 'rejected', state: 'rejected' },
  stopped: { outcome: 'dead', state: 'dead' },
} as const satisfies { [finding: string]: Followed }

type Followed = Pick<Judgement, 'outcome' | 'state'> & { dueAt?: string }

function again(
  finding: 'gone' | 'slow' | 'ours' | 'failed',
  { attempts, charged, createdAt, failingSince }: Standing,
  { endedAt, dice, endpoint }: Circumstances,
  { retryAfter }: Tried,
): Followed {
  const dead = { outcome: 'dead', state: 'dead' } as const
  // After a month a visitor no longer expects the call.
  if (endedAt >= secondsAfter(createdAt, offerDays * 86_400)) return dead
  const onSchedule = {
    gone: () => secondsAfter(endedAt, untilMended),
    slow: () => nextFreeAttemptAt(attempts - charged, endedAt, dice),
    ours: () => nextFreeAttemptAt(attempts - charged, endedAt, dice),
    failed: () => nextAttemptAt(charged, endedAt, dice),
  }[finding]()
  if (onSchedule === undefined) return dead
  const asked = secondsAfter(endedAt, retryAfterSeconds(retryAfter, endedAt) ?? 0)
  const next = asked > onSchedule ? asked : onSchedule
  // By e-mail it can go whatever the endpoint asks for.
  const fallback = fallbackAt(failingSince, endpoint) ?? next
  const dueAt = fallback < next ? fallback : next
  return {
    outcome: finding === 'failed' ? 'retry' : 'held',
    state: finding === 'gone' ? 'parked' : 'pending',
    dueAt,
  }
}

/** Whether the school may have the lead though it did not say so: a server that fails may fail after it has stored. */
function mayHaveArrived({ stage, status = 0 }: Tried): boolean {
  if (stage === 'send' || stage === 'receive' || stage === 'deadline') return true
  return stage === 'answered' && ((status >= 200 && status < 300) || (status >= 500 && status !== 503))
}
