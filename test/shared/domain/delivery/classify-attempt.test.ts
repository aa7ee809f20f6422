import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttemptResult, classifyAttempt, type DeliveryProgress } from '#shared/domain/delivery/classify-attempt.ts'
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
const createFailed = (stage: string): AttemptResult => ({ kind: 'webhook', stage })
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

describe('an attempt', () => {
  it.each([
    createAnswered(200),
    createAnswered(201),
    createAnswered(422, { means: 'accepted' }),
    { kind: 'email', stage: 'sent' } as const,
  ])('that the school took has delivered: %j', (result) => {
    const { state, outcome, deliveredAt, dueAt } = classify(result)
    expect([state, outcome, deliveredAt, dueAt]).toEqual(['delivered', 'delivered', someInstant, undefined])
  })

  it.each([
    ...[100, 199, 300, 301, 307, 400, 401, 404, 500, 502].map((status) => createAnswered(status)),
    createAnswered(200, { means: 'unclear' }),
    ...['connect', 'tls', 'send', 'receive', 'deadline'].map(createFailed),
    { kind: 'email', stage: 'send' } as const,
  ])('that failed by the school’s doing is made again on the schedule, and counts: %j', (result) => {
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
    { kind: 'email', stage: 'send', isOurFault: true } as const,
  ])('that failed by our own doing does not count, however often: %j', (result) => {
    expect(classify(result)).toMatchObject({
      finding: 'ours',
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

  it.each([429, 503])('that was answered %i is made again as the school asks, and does not count', (status) => {
    expect(classify(createAnswered(status))).toMatchObject({
      finding: 'slow',
      outcome: 'uncounted-retry',
      countedFailures: 0,
      dueAt: addToInstant(5),
    })
    expect(classify(createAnswered(status, { retryAfter: '600' }))).toMatchObject({ dueAt: addToInstant(600) })
  })

  it('that was answered 410 parks, and looks again in an hour', () => {
    expect(classify(createAnswered(410))).toMatchObject({
      finding: 'gone',
      state: 'parked',
      countedFailures: 0,
      dueAt: addToInstant(3600),
    })
  })

  it('is never made again sooner than the school asks, nor later than it would be where it asks for less', () => {
    expect(classify(createAnswered(500, { retryAfter: '90' })).dueAt).toBe(addToInstant(90))
    expect(classify(createAnswered(500, { retryAfter: '1' })).dueAt).toBe(addToInstant(5))
    expect(classify(createAnswered(500, { retryAfter: 'soon' })).dueAt).toBe(addToInstant(5))
    expect(classify(createAnswered(500, { retryAfter: '999999999' })).dueAt).toBe(addToInstant(86_400))
  })

  it('that may not be sent ends it', () => {
    expect(classify({ ...createFailed('refused'), isStopped: true })).toMatchObject({
      finding: 'stopped',
      state: 'dead',
    })
    expect(classify(createAnswered(400, { isStopped: true })).state).toBe('dead')
    expect(classify(createAnswered(200, { isStopped: true })).state).toBe('delivered')
  })

  it('that was answered with a rejection is rejected, and not made again', () => {
    expect(classify(createAnswered(200, { means: 'rejected' }))).toMatchObject({
      outcome: 'rejected',
      state: 'rejected',
    })
    expect(classify(createAnswered(422, { means: 'rejected' })).dueAt).toBeUndefined()
  })

  it('is the last where the schedule ends, and delivers all the same if the school takes it', () => {
    const last = { countedFailures: retryDelays.length, attempts: retryDelays.length + 1 }
    expect(classify(createAnswered(500), { countedFailures: retryDelays.length - 1 }).state).toBe('pending')
    expect(classify(createAnswered(500), last)).toMatchObject({ outcome: 'dead', state: 'dead' })
    expect(classify(createAnswered(200), last).state).toBe('delivered')
  })

  it('is the last a month after the lead, whatever went wrong: the visitor no longer expects the call', () => {
    const createdAt = addToInstant(-offerDays * 86_400)
    for (const result of [createAnswered(503), createAnswered(410), createAnswered(500), createFailed('resolve')])
      expect(classify(result, { createdAt }).state).toBe('dead')
  })
})

describe('a school that knows the person', () => {
  const duplicate = createAnswered(200, { means: 'duplicate' })

  it('rejects a lead that it cannot have had from us', () => {
    expect(classify(duplicate).state).toBe('rejected')
    expect(classify(duplicate, { attempts: 5, countedFailures: 4 }).state).toBe('rejected')
  })

  it('has it from us where an earlier attempt may have arrived', () => {
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
  ])('an attempt that ended at %s may have arrived: %j', (stage, uncertain) => {
    expect(classify(createFailed(stage)).uncertain).toBe(uncertain)
    expect(classify(createFailed(stage), { uncertain: true }).uncertain).toBe(true)
  })

  it.each([
    [200, true],
    [500, true],
    [503, false],
    [404, false],
    [302, false],
  ])('an attempt that was answered %i and not accepted may have arrived: %j', (status, uncertain) => {
    expect(classify(createAnswered(status, { means: 'unclear' })).uncertain).toBe(uncertain)
  })
})

describe('what was delivered once', () => {
  const earlier = addToInstant(-1000)

  it.each([createAnswered(200, { means: 'rejected' }), { ...createFailed('refused'), isStopped: true as const }])(
    'stays delivered, whatever a replay brings: %j',
    (result) => {
      expect(classify(result, { deliveredAt: earlier })).toMatchObject({ state: 'delivered', deliveredAt: earlier })
    },
  )

  it('is tried to the end of the schedule when it is replayed, and is then as it was', () => {
    expect(classify(createAnswered(500), { deliveredAt: earlier })).toMatchObject({
      state: 'pending',
      dueAt: addToInstant(5),
    })
    const last = { deliveredAt: earlier, countedFailures: retryDelays.length }
    expect(classify(createAnswered(500), last)).toMatchObject({ state: 'delivered', deliveredAt: earlier })
  })
})

describe('where the school wants an e-mail instead', () => {
  const options = { fallbackTo: 'leads@school.example' }

  it('the attempt after 15 minutes comes at that time', () => {
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

it('leads only to states that a leased delivery may enter, and is due exactly while it goes on', () => {
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
      expect(more.countedFailures - countedFailures).toBe(more.finding === 'failed' ? 1 : 0)
    }),
  )
})
