import type { DeliveryEndpoint } from '../routing/campaign.ts'
import { offerDays } from '../routing/offer.ts'
import { addDays, addSeconds } from '../time.ts'
import { computeFallbackStart } from './compute-fallback-start.ts'
import type { Attempt, Delivery } from './delivery.ts'
import type { Meaning } from './response-rules.ts'
import { retryAfterSeconds } from './retry-after.ts'
import { computeNextAttempt, disabledEndpointRecheckSeconds, nextUncountedAttemptAt } from './retry-schedule.ts'

/** What came of one try, before it is judged. */
export type AttemptResult = Pick<
  Attempt,
  | 'kind'
  | 'stage'
  | 'request'
  | 'status'
  | 'reason'
  | 'response'
  | 'reference'
  | 'priceCents'
  | 'messageId'
  | 'parentId'
> & {
  /** Where an answer came: what its school's response rules make of it. */
  means?: Meaning
  retryAfter?: string
  /** It may not be sent, now or ever: the visitor withdrew consent, or the school asked for an end of it. */
  isStopped?: true
  /** What failed is our own: no school is to blame. */
  isOurFault?: true
}
/** What a try amounts to. `gone`: the endpoint is closed for good. `slow`: the school asks for patience. */
export type AttemptFinding = 'taken' | 'rejected' | 'stopped' | 'gone' | 'slow' | 'ours' | 'failed'
/** As the delivery stood when the attempt was made; `attempts` counts this one. */
export type DeliveryProgress = Pick<
  Delivery,
  'createdAt' | 'attempts' | 'countedFailures' | 'uncertain' | 'failingSince' | 'deliveredAt'
>
type AttemptContext = { endedAt: string; randomFraction: number; endpoint?: DeliveryEndpoint | undefined }
export type AttemptVerdict = {
  finding: AttemptFinding
  outcome: Attempt['outcome']
  state: 'delivered' | 'rejected' | 'pending' | 'parked' | 'dead'
  dueAt?: string
} & Pick<Delivery, 'countedFailures' | 'uncertain' | 'failingSince' | 'deliveredAt'>

/**
 * What follows from one attempt. Only what the school itself took counts as delivered, and what it took once stays
 * delivered, whatever a replay brings. Only what failed by the school's own doing counts on the retry schedule.
 */
export function classifyAttempt(
  result: AttemptResult,
  progress: DeliveryProgress,
  context: AttemptContext,
): AttemptVerdict {
  const finding = findingRules.find(({ matches: holds }) => holds(result, progress))?.finding ?? 'failed'
  const { endedAt } = context
  const deliveredAt = progress.deliveredAt ?? (finding === 'taken' ? endedAt : undefined)
  const shouldRetry = finding === 'gone' || finding === 'slow' || finding === 'ours' || finding === 'failed'
  const failingSince = shouldRetry ? (progress.failingSince ?? endedAt) : undefined
  const countedFailures = progress.countedFailures + (finding === 'failed' ? 1 : 0)
  const nextStep: NextStep = shouldRetry
    ? scheduleRetry(finding, { ...progress, countedFailures: countedFailures, failingSince }, context, result)
    : finalSteps[finding]
  return {
    finding,
    ...nextStep,
    ...(deliveredAt !== undefined && { deliveredAt, ...(nextStep.dueAt === undefined && { state: 'delivered' }) }),
    ...(failingSince !== undefined && { failingSince }),
    countedFailures: countedFailures,
    uncertain: progress.uncertain || mayHaveReachedSchool(result),
  }
}

/** The first that holds is what a try amounts to; where none does, it failed. */
const findingRules: readonly {
  finding: AttemptFinding
  matches: (result: AttemptResult, progress: DeliveryProgress) => boolean
}[] = [
  { finding: 'taken', matches: ({ stage }) => stage === 'sent' },
  { finding: 'taken', matches: ({ means }) => means === 'accepted' },
  // The school knows the person: from our own earlier attempt, if one may have arrived.
  {
    finding: 'taken',
    matches: ({ means }, { uncertain, deliveredAt }) =>
      means === 'duplicate' && (uncertain || deliveredAt !== undefined),
  },
  { finding: 'rejected', matches: ({ means }) => means === 'rejected' || means === 'duplicate' },
  { finding: 'stopped', matches: ({ isStopped }) => isStopped === true },
  { finding: 'ours', matches: ({ isOurFault }) => isOurFault === true },
  // The guard's no, a name that could not be resolved.
  { finding: 'ours', matches: ({ stage }) => stage === 'refused' || stage === 'resolve' },
  { finding: 'gone', matches: ({ status }) => status === 410 },
  { finding: 'slow', matches: ({ status }) => status === 429 || status === 503 },
]

const finalSteps = {
  taken: { outcome: 'delivered', state: 'delivered' },
  rejected: { outcome: 'rejected', state: 'rejected' },
  stopped: { outcome: 'dead', state: 'dead' },
} as const satisfies { [finding: string]: NextStep }

type NextStep = Pick<AttemptVerdict, 'outcome' | 'state'> & { dueAt?: string }

function scheduleRetry(
  finding: 'gone' | 'slow' | 'ours' | 'failed',
  { attempts, countedFailures, createdAt, failingSince }: DeliveryProgress,
  { endedAt, randomFraction, endpoint }: AttemptContext,
  { retryAfter }: AttemptResult,
): NextStep {
  const dead = { outcome: 'dead', state: 'dead' } as const
  // After a month a visitor no longer expects the call.
  if (endedAt >= addDays(createdAt, offerDays)) return dead
  const scheduledAt = {
    gone: () => addSeconds(endedAt, disabledEndpointRecheckSeconds),
    slow: () => nextUncountedAttemptAt(attempts - countedFailures, endedAt, randomFraction),
    ours: () => nextUncountedAttemptAt(attempts - countedFailures, endedAt, randomFraction),
    failed: () => computeNextAttempt(countedFailures, endedAt, randomFraction),
  }[finding]()
  if (scheduledAt === undefined) return dead
  const requestedAt = addSeconds(endedAt, retryAfterSeconds(retryAfter, endedAt) ?? 0)
  const nextAt = requestedAt > scheduledAt ? requestedAt : scheduledAt
  // By e-mail it can go whatever the endpoint asks for.
  const fallbackStartsAt = computeFallbackStart(failingSince, endpoint) ?? nextAt
  const dueAt = fallbackStartsAt < nextAt ? fallbackStartsAt : nextAt
  return {
    outcome: finding === 'failed' ? 'retry' : 'uncounted-retry',
    state: finding === 'gone' ? 'parked' : 'pending',
    dueAt,
  }
}

/** Whether the school may have the lead though it did not say so: a server that fails may fail after it has stored. */
function mayHaveReachedSchool({ stage, status = 0 }: AttemptResult): boolean {
  if (stage === 'send' || stage === 'receive' || stage === 'deadline') return true
  return stage === 'answered' && ((status >= 200 && status < 300) || (status >= 500 && status !== 503))
}
