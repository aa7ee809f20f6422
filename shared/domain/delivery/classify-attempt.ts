import type { DeliveryEndpoint } from '../routing/campaign.ts'
import { offerDays } from '../routing/offer.ts'
import { addDays, addSeconds } from '../time.ts'
import { type Attempt, type Delivery, isByEmail } from './delivery.ts'
import { isOurNetworkFault } from './network-faults.ts'
import type { Meaning } from './response-rules.ts'
import { parseRetryDelaySeconds } from './retry-after.ts'
import {
  computeFallbackStart,
  computeNextAttempt,
  computeNextUnclearAttempt,
  computeNextUncountedAttempt,
  disabledEndpointRecheckSeconds,
} from './retry-schedule.ts'

/** The raw result of one attempt, before it is classified. */
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
  | 'file'
  | 'recipients'
  | 'lostRecipients'
  | 'parentId'
> & {
  /** What the school's response rules say about its response. */
  means?: Meaning
  retryAfter?: string
  /** It must never be sent again: the visitor withdrew consent, or the school asked to stop. */
  isStopped?: true
  /** The records that it is bound to were changed or deleted, so nothing was sent. */
  isUnbound?: true
  /** An internal fault: the school did nothing wrong. */
  isOurFault?: true
  /** The mailbox does not exist. A webhook says so by 410. */
  isEndpointGone?: true
  /** Of several recipients, those whose mailbox does not exist. */
  unknownMailboxes?: readonly string[]
}
/**
 * `endpoint-gone`: the endpoint answered 410, or its mailbox does not exist. `throttled`: the school asks us to wait (429
 * or 503). `unclear`: it answered 2xx, and its response rules do not say what it means.
 */
export type AttemptFinding =
  | 'accepted'
  | 'rejected'
  | 'stopped'
  | 'unbound'
  | 'endpoint-gone'
  | 'throttled'
  | 'internal-fault'
  | 'unclear'
  | 'failed'
type RetryFinding = Extract<AttemptFinding, 'endpoint-gone' | 'throttled' | 'internal-fault' | 'unclear' | 'failed'>
/** The delivery as it was when the attempt was made; `attempts` counts this attempt. */
export type DeliveryProgress = Pick<
  Delivery,
  'createdAt' | 'attempts' | 'countedFailures' | 'unclearResponses' | 'uncertain' | 'failingSince' | 'deliveredAt'
>
type AttemptContext = { endedAt: string; randomFraction: number; endpoint?: DeliveryEndpoint | undefined }
export type AttemptVerdict = {
  finding: AttemptFinding
  outcome: Attempt['outcome']
  state: 'delivered' | 'rejected' | 'pending' | 'parked' | 'dead'
  dueAt?: string
} & Pick<Delivery, 'countedFailures' | 'unclearResponses' | 'uncertain' | 'failingSince' | 'deliveredAt'>

/**
 * Returns the next state of a delivery after an attempt. Only a lead that the school accepted counts as delivered, and
 * it stays delivered whatever a replay brings. Only failures that the school caused count on the retry schedule.
 */
export function classifyAttempt(
  result: AttemptResult,
  progress: DeliveryProgress,
  context: AttemptContext,
): AttemptVerdict {
  const finding = findingRules.find(({ matches }) => matches(result, progress))?.finding ?? 'failed'
  const { endedAt } = context
  const deliveredAt = progress.deliveredAt ?? (finding === 'accepted' ? endedAt : undefined)
  const isFinal = finding === 'accepted' || finding === 'rejected' || finding === 'stopped' || finding === 'unbound'
  const isConfirmed = finding === 'accepted' || finding === 'rejected'
  const failingSince = isFinal ? undefined : (progress.failingSince ?? endedAt)
  const countedFailures =
    progress.countedFailures + (finding === 'failed' || finding === 'unclear' ? countFailures(result) : 0)
  const unclearResponses = (progress.unclearResponses ?? 0) + (finding === 'unclear' ? 1 : 0)
  const retryProgress = { ...progress, countedFailures, unclearResponses, failingSince: failingSince ?? endedAt }
  const nextStep: NextStep = isFinal ? finalSteps[finding] : scheduleRetry(finding, retryProgress, context, result)
  return {
    finding,
    ...nextStep,
    ...(deliveredAt !== undefined && { deliveredAt, ...(nextStep.dueAt === undefined && { state: 'delivered' }) }),
    ...(failingSince !== undefined && { failingSince }),
    countedFailures,
    ...(unclearResponses > 0 && { unclearResponses }),
    uncertain: progress.uncertain || (!isConfirmed && mayHaveReachedSchool(result)),
  }
}

/** The first rule that matches gives the finding; if none does, the attempt failed. */
const findingRules: readonly {
  finding: AttemptFinding
  matches: (result: AttemptResult, progress: DeliveryProgress) => boolean
}[] = [
  { finding: 'accepted', matches: ({ stage }) => stage === 'sent' },
  { finding: 'accepted', matches: ({ means }) => means === 'accepted' },
  // The school has this person already: because of our own earlier attempt, if one may have reached it.
  {
    finding: 'accepted',
    matches: ({ means }, { uncertain, deliveredAt }) =>
      means === 'duplicate' && (uncertain || deliveredAt !== undefined),
  },
  { finding: 'rejected', matches: ({ means }) => means === 'rejected' || means === 'duplicate' },
  { finding: 'unbound', matches: ({ isUnbound }) => isUnbound === true },
  { finding: 'stopped', matches: ({ isStopped }) => isStopped === true },
  { finding: 'internal-fault', matches: ({ isOurFault }) => isOurFault === true },
  // The SSRF guard refused the address.
  { finding: 'internal-fault', matches: ({ stage }) => stage === 'refused' },
  { finding: 'internal-fault', matches: isOurNetworkFault },
  { finding: 'endpoint-gone', matches: ({ status, isEndpointGone }) => status === 410 || isEndpointGone === true },
  { finding: 'throttled', matches: ({ status }) => status === 429 || status === 503 },
  { finding: 'unclear', matches: ({ stage, status }) => stage === 'answered' && isSuccess(status) },
]

const finalSteps = {
  accepted: { outcome: 'delivered', state: 'delivered' },
  rejected: { outcome: 'rejected', state: 'rejected' },
  stopped: { outcome: 'dead', state: 'dead' },
  unbound: { outcome: 'dead', state: 'dead' },
} as const satisfies { [Finding in Exclude<AttemptFinding, RetryFinding>]: NextStep }

type NextStep = Pick<AttemptVerdict, 'outcome' | 'state'> & { dueAt?: string }

function scheduleRetry(
  finding: RetryFinding,
  {
    attempts,
    countedFailures,
    unclearResponses = 0,
    createdAt,
    failingSince,
  }: DeliveryProgress & { failingSince: string },
  { endedAt, randomFraction, endpoint }: AttemptContext,
  { kind, retryAfter }: AttemptResult,
): NextStep {
  const dead = { outcome: 'dead', state: 'dead' } as const
  // After so many days a visitor no longer expects a call.
  if (endedAt >= addDays(createdAt, offerDays)) return dead
  if (finding === 'internal-fault' && isByEmail(kind) && endedAt >= addDays(failingSince, maxMailFaultDays)) return dead
  const scheduledAt = {
    'endpoint-gone': () => addSeconds(endedAt, disabledEndpointRecheckSeconds),
    throttled: () => computeNextUncountedAttempt(attempts - countedFailures, endedAt, randomFraction),
    'internal-fault': () => computeNextUncountedAttempt(attempts - countedFailures, endedAt, randomFraction),
    unclear: () => computeNextUnclearAttempt(unclearResponses, endedAt, randomFraction),
    failed: () => computeNextAttempt(countedFailures, endedAt, randomFraction),
  }[finding]()
  if (scheduledAt === undefined) return dead
  const requestedAt = addSeconds(endedAt, parseRetryDelaySeconds(retryAfter, endedAt) ?? 0)
  const nextAt = requestedAt > scheduledAt ? requestedAt : scheduledAt
  // The fallback email does not have to wait for the webhook.
  const fallbackStartsAt = computeFallbackStart(failingSince, endpoint) ?? nextAt
  const dueAt = fallbackStartsAt < nextAt ? fallbackStartsAt : nextAt
  return {
    outcome: finding === 'failed' || finding === 'unclear' ? 'retry' : 'uncounted-retry',
    state: finding === 'endpoint-gone' ? 'parked' : 'pending',
    dueAt,
  }
}

/** After so many days of faults of our own mail a delivery ends, so that staff decide about it. */
export const maxMailFaultDays = 7

/** An email that may have arrived counts as several failures, so that few copies of it are sent. */
export const failuresPerUncertainEmail = 4

function countFailures(result: AttemptResult): number {
  return isByEmail(result.kind) && mayHaveReachedSchool(result) ? failuresPerUncertainEmail : 1
}

/** Whether the school may have stored the lead without confirming it: a server may fail after it has stored it. */
function mayHaveReachedSchool({ stage, status = 0 }: AttemptResult): boolean {
  if (stage === 'send' || stage === 'receive' || stage === 'deadline') return true
  return stage === 'answered' && (isSuccess(status) || (status >= 500 && status !== 503))
}

function isSuccess(status = 0): boolean {
  return status >= 200 && status < 300
}
