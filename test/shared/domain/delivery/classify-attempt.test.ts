import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AttemptResult,
  classifyAttempt,
  type DeliveryProgress,
  maxMailFaultDays,
} from '#shared/domain/delivery/classify-attempt.ts'
import { allowedPriorStates } from '#shared/domain/delivery/delivery.ts'
import { retryDelays } from '#shared/domain/delivery/retry-schedule.ts'
import { offerDays } from '#shared/domain/routing/offer.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { someInstant } from '#test/builders/lead.ts'

const firstAttempt: DeliveryProgress = { createdAt: someInstant, attempts: 1, countedFailures: 0, uncertain: false }
const createAnswered = (status: number, more: Partial<AttemptResult> = {}): AttemptResult => ({
  kind: 'webhook',
  stage: 'answered',
  status,
  means: status >= 200 && status < 300 ? 'accepted' : 'unclear',
  ...more,
})
const createFailed = (stage: string, reason?: string): AttemptResult => ({
  kind: 'webhook',
  stage,
  ...(reason !== undefined && { reason }),
})
const addToInstant = (seconds: number) => addSeconds(someInstant, seconds)

function classify(result: AttemptResult, progress: Partial<DeliveryProgress> = {}, more: { fallbackTo?: string } = {}) {
  const { fallbackTo } = more
  const endpoint = { kind: 'webhook', url: 'https://school.example/', ...(fallbackTo && { fallbackTo }) } as const
  return classifyAttempt(
    result,
    { ...firstAttempt, ...progress },
    { endedAt: someInstant, randomFraction: 0.5, endpoint },
  )
}

describe('classifyAttempt', () => {
  it.each([
    createAnswered(200),
    createAnswered(201),
    createAnswered(422, { means: 'accepted' }),
    { kind: 'email', stage: 'sent' } as const,
  ])('delivers a lead that the school accepted: %j', (result) => {
    const { state, outcome, deliveredAt, dueAt } = classify(result)
    expect([state, outcome, deliveredAt, dueAt]).toEqual(['delivered', 'delivered', someInstant, undefined])
  })

  it.each([
    ...[100, 199, 300, 301, 307, 400, 401, 404, 500, 502].map((status) => createAnswered(status)),
    ...['connect', 'tls', 'send', 'receive', 'deadline'].map((stage) => createFailed(stage)),
    ...['ENOTFOUND', 'ENODATA', 'EBADNAME'].map((reason) => createFailed('resolve', reason)),
    ...['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_CONNECT_TIMEOUT'].map((reason) => createFailed('connect', reason)),
    { kind: 'email', stage: 'answered' } as const,
  ])('retries a failure of the school on the schedule and counts it: %j', (result) => {
    expect(classify(result)).toMatchObject({
      finding: 'failed',
      outcome: 'retry',
      state: 'pending',
      dueAt: addToInstant(5),
      countedFailures: 1,
      failingSince: someInstant,
    })
  })

  it.each([
    createFailed('refused'),
    createFailed('resolve'),
    ...['ESERVFAIL', 'ETIMEOUT', 'ECONNREFUSED', 'EREFUSED', 'EAI_AGAIN'].map((one) => createFailed('resolve', one)),
    ...['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EMFILE'].map((one) => createFailed('connect', one)),
    { kind: 'email', stage: 'send', isOurFault: true } as const,
  ])('retries an internal fault uncounted, however often: %j', (result) => {
    expect(classify(result)).toMatchObject({
      finding: 'internal-fault',
      outcome: 'uncounted-retry',
      state: 'pending',
      countedFailures: 0,
    })
    expect(classify(result, { attempts: 400 })).toMatchObject({
      state: 'pending',
      countedFailures: 0,
      dueAt: addToInstant(30 * 60),
    })
  })

  it('gives up after a week of faults of our own mail, and not of our own network', () => {
    const fault = { kind: 'email', stage: 'answered', isOurFault: true } as const
    const failingSince = addToInstant(-maxMailFaultDays * 86_400)
    expect(classify(fault, { failingSince, attempts: 300 })).toMatchObject({ state: 'dead', countedFailures: 0 })
    expect(classify(fault, { failingSince: addToInstant(-maxMailFaultDays * 86_400 + 1) }).state).toBe('pending')
    expect(classify(createFailed('resolve'), { failingSince }).state).toBe('pending')
  })

  it('sends few copies of an email that may have arrived: four over two days, the second after 10 minutes', () => {
    const lost = { kind: 'email', stage: 'deadline' } as const
    const delays: number[] = []
    let progress = firstAttempt
    for (;;) {
      const verdict = classify(lost, progress)
      if (verdict.dueAt === undefined) break
      delays.push((Date.parse(verdict.dueAt) - Date.parse(someInstant)) / 1000)
      progress = { ...progress, ...verdict, attempts: progress.attempts + 1 }
    }
    expect(delays).toEqual([10 * 60, 6 * 3600, 24 * 3600])
    expect(progress).toMatchObject({ uncertain: true, countedFailures: 12 })
    expect(classify({ kind: 'email', stage: 'answered', isOurFault: true }, progress).dueAt).toBe(addToInstant(5))
  })

  it('holds an email whose mailbox does not exist, uncounted, and never says that it may have arrived', () => {
    expect(classify({ kind: 'email', stage: 'answered', isEndpointGone: true })).toMatchObject({
      finding: 'endpoint-gone',
      state: 'parked',
      countedFailures: 0,
      uncertain: false,
    })
  })

  it.each([429, 503])('retries %i as Retry-After says, uncounted', (status) => {
    expect(classify(createAnswered(status))).toMatchObject({
      finding: 'throttled',
      outcome: 'uncounted-retry',
      countedFailures: 0,
      dueAt: addToInstant(5),
    })
    expect(classify(createAnswered(status, { retryAfter: '600' }))).toMatchObject({ dueAt: addToInstant(600) })
  })

  it('sends a lead five times at most if each 2xx stays unclear, and counts these attempts', () => {
    const unclear = createAnswered(200, { means: 'unclear' })
    const verdicts = [undefined, 1, 2, 3, 4].map((unclearResponses) =>
      classify(unclear, unclearResponses === undefined ? {} : { unclearResponses }),
    )
    expect(verdicts.map(({ dueAt }) => dueAt)).toEqual([
      ...[120, 3600, 12 * 3600, 24 * 3600].map(addToInstant),
      undefined,
    ])
    expect(verdicts.map(({ unclearResponses }) => unclearResponses)).toEqual([1, 2, 3, 4, 5])
    expect(verdicts[0]).toMatchObject({ finding: 'unclear', outcome: 'retry', state: 'pending', countedFailures: 1 })
    expect(verdicts[4]).toMatchObject({ finding: 'unclear', outcome: 'dead', state: 'dead', uncertain: true })
  })

  it('sends a lead again on the schedule after an unclear response and a failure', () => {
    const verdict = classify(createAnswered(500), { attempts: 2, countedFailures: 1, unclearResponses: 1 })
    expect(verdict).toMatchObject({ dueAt: addToInstant(30), unclearResponses: 1, countedFailures: 2 })
  })

  it('parks a delivery for one hour after 410', () => {
    expect(classify(createAnswered(410))).toMatchObject({
      finding: 'endpoint-gone',
      state: 'parked',
      countedFailures: 0,
      dueAt: addToInstant(3600),
    })
  })

  it('retries at Retry-After or on the schedule, whichever is later', () => {
    expect(classify(createAnswered(500, { retryAfter: '90' })).dueAt).toBe(addToInstant(90))
    expect(classify(createAnswered(500, { retryAfter: '1' })).dueAt).toBe(addToInstant(5))
    expect(classify(createAnswered(500, { retryAfter: 'soon' })).dueAt).toBe(addToInstant(5))
    expect(classify(createAnswered(500, { retryAfter: '999999999' })).dueAt).toBe(addToInstant(86_400))
  })

  it('ends a delivery that must not be sent, unless the school accepted it', () => {
    expect(classify({ ...createFailed('refused'), isStopped: true })).toMatchObject({
      finding: 'stopped',
      state: 'dead',
    })
    expect(classify(createAnswered(400, { isStopped: true })).state).toBe('dead')
    expect(classify(createAnswered(200, { isStopped: true })).state).toBe('delivered')
  })

  it('does not retry a rejected lead', () => {
    expect(classify(createAnswered(200, { means: 'rejected' }))).toMatchObject({
      outcome: 'rejected',
      state: 'rejected',
    })
    expect(classify(createAnswered(422, { means: 'rejected' })).dueAt).toBeUndefined()
  })

  it('ends a delivery dead after the last scheduled retry, unless the school accepts it', () => {
    const last = { countedFailures: retryDelays.length, attempts: retryDelays.length + 1 }
    expect(classify(createAnswered(500), { countedFailures: retryDelays.length - 1 }).state).toBe('pending')
    expect(classify(createAnswered(500), last)).toMatchObject({ outcome: 'dead', state: 'dead' })
    expect(classify(createAnswered(200), last).state).toBe('delivered')
  })

  it('ends a delivery dead after the offer period, whatever the failure', () => {
    const createdAt = addToInstant(-offerDays * 86_400)
    for (const result of [createAnswered(503), createAnswered(410), createAnswered(500), createFailed('resolve')])
      expect(classify(result, { createdAt }).state).toBe('dead')
  })
})

describe('a school that answers "duplicate"', () => {
  const duplicate = createAnswered(200, { means: 'duplicate' })

  it('rejects the lead if no earlier attempt can have reached it', () => {
    expect(classify(duplicate).state).toBe('rejected')
    expect(classify(duplicate, { attempts: 5, countedFailures: 4 }).state).toBe('rejected')
  })

  it('has accepted the lead if an earlier attempt may have reached it', () => {
    expect(classify(duplicate, { uncertain: true }).state).toBe('delivered')
    expect(classify(duplicate, { deliveredAt: someInstant }).state).toBe('delivered')
  })

  it.each([
    ['send', true],
    ['receive', true],
    ['deadline', true],
    ['connect', false],
    ['tls', false],
    ['resolve', false],
    ['refused', false],
  ])('sets uncertain after an attempt that ended at stage %s: %j', (stage, uncertain) => {
    expect(classify(createFailed(stage)).uncertain).toBe(uncertain)
    expect(classify(createFailed(stage), { uncertain: true }).uncertain).toBe(true)
  })

  it.each(['accepted', 'rejected'] as const)(
    'does not set uncertain after a 2xx that says that it %s the lead',
    (means) => {
      expect(classify(createAnswered(200, { means })).uncertain).toBe(false)
      expect(classify(createAnswered(200, { means }), { uncertain: true }).uncertain).toBe(true)
    },
  )

  it.each([
    [200, true],
    [500, true],
    [503, false],
    [404, false],
    [302, false],
  ])('sets uncertain after an unclear response with status %i: %j', (status, uncertain) => {
    expect(classify(createAnswered(status, { means: 'unclear' })).uncertain).toBe(uncertain)
  })
})

describe('a delivery that was delivered before', () => {
  const earlier = addToInstant(-1000)

  it.each([createAnswered(200, { means: 'rejected' }), { ...createFailed('refused'), isStopped: true as const }])(
    'stays delivered, whatever the result of a replay: %j',
    (result) => {
      expect(classify(result, { deliveredAt: earlier })).toMatchObject({ state: 'delivered', deliveredAt: earlier })
    },
  )

  it('is retried to the end of the schedule in a replay and is delivered afterwards', () => {
    expect(classify(createAnswered(500), { deliveredAt: earlier })).toMatchObject({
      state: 'pending',
      dueAt: addToInstant(5),
    })
    const last = { deliveredAt: earlier, countedFailures: retryDelays.length }
    expect(classify(createAnswered(500), last)).toMatchObject({ state: 'delivered', deliveredAt: earlier })
  })
})

describe('a webhook with a fallback email', () => {
  const options = { fallbackTo: 'leads@school.example' }

  it('is retried by email 15 minutes after its first failure at the latest', () => {
    expect(classify(createAnswered(500), { countedFailures: 4, failingSince: addToInstant(-760) }, options).dueAt).toBe(
      addToInstant(140),
    )
    expect(classify(createAnswered(500), {}, options).dueAt).toBe(addToInstant(5))
    expect(classify(createAnswered(503, { retryAfter: '86400' }), {}, options).dueAt).toBe(addToInstant(900))
    expect(classify(createAnswered(410), {}, options).dueAt).toBe(addToInstant(900))
    expect(classify(createAnswered(500), { countedFailures: 4, failingSince: addToInstant(-760) }).dueAt).toBe(
      addToInstant(30 * 60),
    )
  })
})

it('returns only states that a leased delivery may enter, and a due time only for pending and parked', () => {
  const means = fc.constantFrom('accepted', 'rejected', 'duplicate', 'unclear')
  const result = fc.record({
    status: fc.integer({ min: 100, max: 599 }),
    means,
    isStopped: fc.constantFrom(true, undefined),
  })
  const progress = fc.record({ countedFailures: fc.nat(20), uncertain: fc.boolean(), delivered: fc.boolean() })
  fc.assert(
    fc.property(result, progress, ({ status, means, isStopped }, { countedFailures, uncertain, delivered }) => {
      const { state, dueAt, ...more } = classify(createAnswered(status, { means, ...(isStopped && { isStopped }) }), {
        countedFailures: countedFailures,
        attempts: countedFailures + 1,
        uncertain,
        ...(delivered && { deliveredAt: someInstant }),
      })
      expect(allowedPriorStates[state]).toContain('leased')
      expect(dueAt !== undefined).toBe(state === 'pending' || state === 'parked')
      if (delivered && dueAt === undefined) expect(state).toBe('delivered')
      if (state === 'delivered') expect(more.deliveredAt).toBeDefined()
      expect(more.countedFailures - countedFailures).toBe(['failed', 'unclear'].includes(more.finding) ? 1 : 0)
    }),
  )
})
