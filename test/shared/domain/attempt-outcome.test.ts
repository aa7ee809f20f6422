import { describe, expect, it } from 'vitest'
import { judgeAttempt, type Tried } from '#shared/domain/attempt-outcome.ts'
import { enteredFrom } from '#shared/domain/delivery.ts'
import { nextAttemptAt, retryDelays } from '#shared/domain/retry-schedule.ts'
import { someInstant } from '#test/builders/lead.ts'

const times = { attempts: 1, endedAt: someInstant, dice: 0.5 }
const answered = (status: number): Tried => ({ kind: 'webhook', stage: 'answered', status })

describe('an attempt', () => {
  it.each([200, 201, 202, 204, 299])('that was answered %i has delivered', (status) => {
    expect(judgeAttempt(answered(status), times)).toEqual({ outcome: 'delivered', state: 'delivered' })
  })

  it('of an e-mail that was accepted for sending has delivered', () => {
    expect(judgeAttempt({ kind: 'email', stage: 'sent' }, times).outcome).toBe('delivered')
  })

  it.each([100, 199, 300, 301, 307, 400, 404, 500, 503])(
    'that was answered %i is made again on the schedule',
    (status) => {
      expect(judgeAttempt(answered(status), times)).toEqual({
        outcome: 'retry',
        state: 'pending',
        dueAt: nextAttemptAt(1, someInstant, 0.5),
      })
    },
  )

  it.each(['refused', 'resolve', 'connect', 'tls', 'send', 'receive', 'deadline'])(
    'that came no further than %s is made again, whatever status had come',
    (stage) => {
      expect(judgeAttempt({ kind: 'webhook', stage }, times).outcome).toBe('retry')
      expect(judgeAttempt({ kind: 'webhook', stage, status: 200 }, times).outcome).toBe('retry')
    },
  )

  it('that was answered without a status has not delivered', () => {
    expect(judgeAttempt({ kind: 'webhook', stage: 'answered' }, times).outcome).toBe('retry')
  })

  it.each([200, 202])('that was answered %i with a rejection is rejected, and not made again', (status) => {
    expect(judgeAttempt({ ...answered(status), rejected: true }, times)).toEqual({
      outcome: 'rejected',
      state: 'rejected',
    })
  })

  it.each([400, 500])('that was answered %i rejects nothing, whatever the answer says', (status) => {
    expect(judgeAttempt({ ...answered(status), rejected: true }, times).outcome).toBe('retry')
  })

  it('is the last where the schedule ends, and delivers all the same if the school takes it', () => {
    const last = { ...times, attempts: retryDelays.length + 1 }
    expect(judgeAttempt(answered(500), { ...times, attempts: retryDelays.length }).state).toBe('pending')
    expect(judgeAttempt(answered(500), last)).toEqual({ outcome: 'dead', state: 'dead' })
    expect(judgeAttempt(answered(200), last).state).toBe('delivered')
  })
})

it('leads only to states that a leased delivery may enter', () => {
  const states = [answered(200), answered(500), { ...answered(200), rejected: true as const }].flatMap((tried) =>
    [1, 99].map((attempts) => judgeAttempt(tried, { ...times, attempts }).state),
  )
  for (const state of states) expect(enteredFrom[state]).toContain('leased')
})
