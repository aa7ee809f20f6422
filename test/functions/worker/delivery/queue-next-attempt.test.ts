import { describe, expect, it } from 'vitest'
import { maxHops, queueNextAttempt } from '#functions/worker/deliver/queue-next-attempt.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { DeliveryPointer } from '#shared/outbound/queue.ts'
import { createTestSystem, submitTestLead } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'

const now = '2026-05-01T12:00:00.000Z'
const pointer = { deliveryId: 'dlv_1', schoolId: 'alpha' }

function queueRetry(sent: DeliveryPointer, seconds: number | undefined, fault?: Error) {
  const sends: [DeliveryPointer, number][] = []
  const events: string[] = []
  const done = queueNextAttempt(sent, seconds === undefined ? undefined : addSeconds(now, seconds), {
    now: () => new Date(now),
    log: (event) => void events.push(event),
    retryQueue: {
      sendLater: async (later, delaySeconds) => {
        if (fault) throw fault
        sends.push([later, delaySeconds])
      },
    },
  })
  return done.then(() => ({ sends, events }))
}

describe('the next attempt', () => {
  it.each([
    [-5, 1],
    [4.2, 6],
    [30, 31],
    [720, 721],
  ])('that is due in %s seconds is queued for %s seconds later', async (seconds, delaySeconds) => {
    expect(await queueRetry(pointer, seconds)).toEqual({ sends: [[{ ...pointer, hops: 1 }, delaySeconds]], events: [] })
  })

  it.each([undefined, 781, 3600])('that is due in %s seconds is left to the sweeper', async (seconds) => {
    expect(await queueRetry(pointer, seconds)).toEqual({ sends: [], events: [] })
  })

  it('is left to the sweeper after ten messages in a row, before Lambda stops the function', async () => {
    expect(await queueRetry({ ...pointer, hops: maxHops - 1 }, 5)).toMatchObject({ sends: [[{ hops: maxHops }, 6]] })
    expect(await queueRetry({ ...pointer, hops: maxHops }, 5)).toEqual({ sends: [], events: [] })
    expect(maxHops).toBeLessThan(16)
  })

  it('is left to the sweeper, with a line in the log, if the queue cannot be reached', async () => {
    expect(await queueRetry(pointer, 5, new Error('unreachable'))).toEqual({ sends: [], events: ['queue.send_failed'] })
  })
})

it('the deliverer says when a delivery comes due again: after a failure, and not after a success', async () => {
  const system = await createTestSystem()
  await submitTestLead(system, 1)
  system.api.webhooks.respond = () => webhookResponse(500)
  const deliverAll = async () => {
    const dueTimes: (string | undefined)[] = []
    for (const { deliveryId } of system.api.queue.pointers) dueTimes.push(await system.api.deliver(deliveryId))
    return dueTimes.filter((dueAt) => dueAt !== undefined)
  }
  // The other school takes its lead by email.
  const [dueAt = '', ...others] = await deliverAll()
  const seconds = (Date.parse(dueAt) - system.api.clock.now.getTime()) / 1000
  expect([others, seconds > 3, seconds < 7]).toEqual([[], true, true])
  expect(await deliverAll()).toEqual([])
  system.api.advanceClock(10)
  system.api.webhooks.respond = () => webhookResponse(200)
  expect(await deliverAll()).toEqual([])
})
