import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeAttempt, type Standing, type Tried } from '#shared/domain/delivery/attempt-outcome.ts'
import { enteredFrom } from '#shared/domain/delivery/delivery.ts'
import { retryDelays, secondsAfter } from '#shared/domain/delivery/retry-schedule.ts'
import { offerDays } from '#shared/domain/routing/offer.ts'
import { someInstant } from '#test/builders/lead.ts'

const first: Standing = { createdAt: someInstant, attempts: 1, charged: 0, uncertain: false }
const answered = (status: number, more: Partial<Tried> = {}): Tried => ({
  kind: 'webhook',
  stage: 'answered',
  status,
  means: status >= 200 && status < 300 ? 'accepted' : 'unclear',
  ...more,
})
const failed = (stage: string): Tried => ({ kind: 'webhook', stage })
const since = (seconds: number) => secondsAfter(someInstant, seconds)

function judged(tried: Tried, standing: Partial<Standing> = {}, more: { fallbackTo?: string } = {}) {
  const { fallbackTo } = more
  const endpoint = { kind: 'webhook', url: 'https://school.example/', ...(fallbackTo && { fallbackTo }) } as const
  return judgeAttempt(tried, { ...first, ...standing }, { endedAt: someInstant, dice: 0.5, endpoint })
}

describe('an attempt', () => {
  it.each([
    answered(200),
    answered(201),
    answered(422, { means: 'accepted' }),
    { kind: 'email', stage: 'sent' } as const,
  ])('that the school took has delivered: %j', (tried) => {
    const { state, outcome, deliveredAt, dueAt } = judged(tried)
    expect([state, outcome, deliveredAt, dueAt]).toEqual(['delivered', 'delivered', someInstant, undefined])
  })

  it.each([
    ...[100, 199, 300, 301, 307, 400, 401, 404, 500, 502].map((status) => answered(status)),
    answered(200, { means: 'unclear' }),
    ...['connect', 'tls', 'send', 'receive', 'deadline'].map(failed),
    { kind: 'email', stage: 'send' } as const,
  ])('that failed by the school’s doing is made again on the schedule, and counts: %j', (tried) => {
    expect(judged(tried)).toMatchObject({
      finding: 'failed',
      outcome: 'retry',
      state: 'pending',
      dueAt: since(5),
      charged: 1,
      failingSince: someInstant,
    })
  })

  it.each([failed('refused'), failed('resolve'), { kind: 'email', stage: 'send', ours: true } as const])(
    'that failed by our own doing does not count, however often: %j',
    (tried) => {
      expect(judged(tried)).toMatchObject({ finding: 'ours', outcome: 'held', state: 'pending', charged: 0 })
      expect(judged(tried, { attempts: 400 })).toMatchObject({ state: 'pending', charged: 0, dueAt: since(30 * 60) })
    },
  )

  it.each([429, 503])('that was answered %i is made again as the school asks, and does not count', (status) => {
    expect(judged(answered(status))).toMatchObject({ finding: 'slow', outcome: 'held', charged: 0, dueAt: since(5) })
    expect(judged(answered(status, { retryAfter: '600' }))).toMatchObject({ dueAt: since(600) })
  })

  it('that was answered 410 parks, and looks again in an hour', () => {
    expect(judged(answered(410))).toMatchObject({ finding: 'gone', state: 'parked', charged: 0, dueAt: since(3600) })
  })

  it('is never made again sooner than the school asks, nor later than it would be where it asks for less', () => {
    expect(judged(answered(500, { retryAfter: '90' })).dueAt).toBe(since(90))
    expect(judged(answered(500, { retryAfter: '1' })).dueAt).toBe(since(5))
    expect(judged(answered(500, { retryAfter: 'soon' })).dueAt).toBe(since(5))
    expect(judged(answered(500, { retryAfter: '999999999' })).dueAt).toBe(since(86_400))
  })

  it('that may not be sent ends it', () => {
    expect(judged({ ...failed('refused'), stopped: true })).toMatchObject({ finding: 'stopped', state: 'dead' })
    expect(judged(answered(400, { stopped: true })).state).toBe('dead')
    expect(judged(answered(200, { stopped: true })).state).toBe('delivered')
  })

  it('that was answered with a rejection is rejected, and not made again', () => {
    expect(judged(answered(200, { means: 'rejected' }))).toMatchObject({ outcome: 'rejected', state: 'rejected' })
    expect(judged(answered(422, { means: 'rejected' })).dueAt).toBeUndefined()
  })

  it('is the last where the schedule ends, and delivers all the same if the school takes it', () => {
    const last = { charged: retryDelays.length, attempts: retryDelays.length + 1 }
    expect(judged(answered(500), { charged: retryDelays.length - 1 }).state).toBe('pending')
    expect(judged(answered(500), last)).toMatchObject({ outcome: 'dead', state: 'dead' })
    expect(judged(answered(200), last).state).toBe('delivered')
  })

  it('is the last a month after the lead, whatever went wrong: the visitor no longer expects the call', () => {
    const createdAt = since(-offerDays * 86_400)
    for (const tried of [answered(503), answered(410), answered(500), failed('resolve')])
      expect(judged(tried, { createdAt }).state).toBe('dead')
  })
})

describe('a school that knows the person', () => {
  const duplicate = answered(200, { means: 'duplicate' })

  it('rejects a lead that it cannot have had from us', () => {
    expect(judged(duplicate).state).toBe('rejected')
    expect(judged(duplicate, { attempts: 5, charged: 4 }).state).toBe('rejected')
  })

  it('has it from us where an earlier attempt may have arrived', () => {
    expect(judged(duplicate, { uncertain: true }).state).toBe('delivered')
    expect(judged(duplicate, { deliveredAt: someInstant }).state).toBe('delivered')
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
    expect(judged(failed(stage)).uncertain).toBe(uncertain)
    expect(judged(failed(stage), { uncertain: true }).uncertain).toBe(true)
  })

  it.each([
    [200, true],
    [500, true],
    [503, false],
    [404, false],
    [302, false],
  ])('an attempt that was answered %i and not accepted may have arrived: %j', (status, uncertain) => {
    expect(judged(answered(status, { means: 'unclear' })).uncertain).toBe(uncertain)
  })
})

describe('what was delivered once', () => {
  const earlier = since(-1000)

  it.each([answered(200, { means: 'rejected' }), { ...failed('refused'), stopped: true as const }])(
    'stays delivered, whatever a replay brings: %j',
    (tried) => {
      expect(judged(tried, { deliveredAt: earlier })).toMatchObject({ state: 'delivered', deliveredAt: earlier })
    },
  )

  it('is tried to the end of the schedule when it is replayed, and is then as it was', () => {
    expect(judged(answered(500), { deliveredAt: earlier })).toMatchObject({ state: 'pending', dueAt: since(5) })
    const last = { deliveredAt: earlier, charged: retryDelays.length }
    expect(judged(answered(500), last)).toMatchObject({ state: 'delivered', deliveredAt: earlier })
  })
})

describe('where the school wants an e-mail instead', () => {
  const wants = { fallbackTo: 'leads@school.example' }

  it('the attempt after 15 minutes comes at that time', () => {
    expect(judged(answered(500), { charged: 4, failingSince: since(-760) }, wants).dueAt).toBe(since(140))
    expect(judged(answered(500), {}, wants).dueAt).toBe(since(5))
    expect(judged(answered(503, { retryAfter: '86400' }), {}, wants).dueAt).toBe(since(900))
    expect(judged(answered(410), {}, wants).dueAt).toBe(since(900))
    expect(judged(answered(500), { charged: 4, failingSince: since(-760) }).dueAt).toBe(since(30 * 60))
  })
})

it('leads only to states that a leased delivery may enter, and is due exactly while it goes on', () => {
  const means = fc.constantFrom('accepted', 'rejected', 'duplicate', 'unclear')
  const tried = fc.record({
    status: fc.integer({ min: 100, max: 599 }),
    means,
    stopped: fc.constantFrom(true, undefined),
  })
  const standing = fc.record({ charged: fc.nat(20), uncertain: fc.boolean(), delivered: fc.boolean() })
  fc.assert(
    fc.property(tried, standing, ({ status, means, stopped }, { charged, uncertain, delivered }) => {
      const { state, dueAt, ...more } = judged(answered(status, { means, ...(stopped && { stopped }) }), {
        charged,
        attempts: charged + 1,
        uncertain,
        ...(delivered && { deliveredAt: someInstant }),
      })
      expect(enteredFrom[state]).toContain('leased')
      expect(dueAt !== undefined).toBe(state === 'pending' || state === 'parked')
      if (delivered && dueAt === undefined) expect(state).toBe('delivered')
      if (state === 'delivered') expect(more.deliveredAt).toBeDefined()
      expect(more.charged - charged).toBe(more.finding === 'failed' ? 1 : 0)
    }),
  )
})
