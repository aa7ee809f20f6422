import { createHash } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { retryDelays } from '#shared/domain/delivery/retry-schedule.ts'
import { answered } from '#test/functions/house/fakes.ts'
import { aCampaign, aTown, enquire, type Town, write } from '#test/functions/town.ts'

const otherSecret = `whsec_${Buffer.alloc(24, 3).toString('base64')}`

let town: Town
let byWebhook: string
let byEmail: string
beforeEach(async () => {
  town = await aTown()
  const { schools } = await enquire(town)
  byWebhook = schools[0]?.deliveryId ?? ''
  byEmail = schools[1]?.deliveryId ?? ''
})

describe('a delivery by webhook', () => {
  it('is posted once, signed so that the school can tell, and delivered where it answers 2xx', async () => {
    town.house.webhooks.answer = () => answered(204)
    await town.house.deliver(byWebhook)
    const [request, ...more] = town.house.webhooks.requests
    expect(more).toEqual([])
    expect(request).toMatchObject({ url: 'https://leads.tall-grass.example/prospectus' })
    expect(request?.headers).toMatchObject({ 'webhook-id': byWebhook, 'content-type': 'application/json' })
    expect(verified(town.secret, posted())).toMatchObject({
      type: 'lead.created',
      data: { deliveryId: byWebhook, contact: { email: 'ada1@mail.example', phone: '+15127891001' } },
    })
    expect(() => verified(town.secret, { ...posted(), body: `${posted().body} ` })).toThrow()
    expect(() => verified(otherSecret, posted())).toThrow()
    expect(await log(byWebhook)).toMatchObject({
      state: 'delivered',
      attempts: 1,
      settledAt: town.house.clock.now.toISOString(),
    })
    expect((await log(byWebhook))?.dueAt).toBeUndefined()
  })

  it('tells of each attempt what was sent and where, and neither what was in it nor the secrets of an address', async () => {
    const url = 'https://leads.tall-grass.example/prospectus?key=not-for-the-log'
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint: { kind: 'webhook', url } }))
    await town.house.deliver(byWebhook)
    const { body } = posted()
    const told = await log(byWebhook)
    expect(told?.attemptLog).toMatchObject([
      {
        request: {
          method: 'POST',
          url: 'https://leads.tall-grass.example/prospectus',
          bytes: Buffer.byteLength(body),
          sha256: createHash('sha256').update(body).digest('hex'),
        },
      },
    ])
    expect(JSON.stringify(told?.attemptLog)).not.toMatch(/not-for-the-log|ada1@mail/)
  })

  it.each([200, 201, 204, 299])('is delivered where the school answers %i', async (status) => {
    town.house.webhooks.answer = () => answered(status)
    await town.house.deliver(byWebhook)
    expect(await log(byWebhook)).toMatchObject({ state: 'delivered' })
  })

  it.each([199, 301, 400, 401, 404, 500, 502])('is tried again where the school answers %i', async (status) => {
    town.house.webhooks.answer = () => answered(status, 'No.')
    await town.house.deliver(byWebhook)
    expect(await log(byWebhook)).toMatchObject({
      state: 'pending',
      dueAt: '2026-11-23T15:00:05.000Z',
      attemptLog: [{ number: 1, stage: 'answered', status, outcome: 'retry', answer: 'No.' }],
    })
  })

  it.each(['connect', 'tls', 'send', 'receive', 'deadline'] as const)(
    'is tried again where it ended at the stage %s',
    async (stage) => {
      town.house.webhooks.answer = () => ({ stage, reason: 'So it went.', ms: 15_000 })
      await town.house.deliver(byWebhook)
      expect(await log(byWebhook)).toMatchObject({
        state: 'pending',
        attemptLog: [{ stage, reason: 'So it went.', outcome: 'retry' }],
      })
    },
  )

  it('is the same id and the same bytes at every attempt, and dead after the last of the schedule', async () => {
    town.house.webhooks.answer = () => answered(500)
    for (const delay of retryDelays) {
      await town.house.deliver(byWebhook)
      town.house.pass(delay - 1)
      await town.house.deliver(byWebhook)
      town.house.pass(1)
    }
    await town.house.deliver(byWebhook)
    const { requests } = town.house.webhooks
    expect(requests).toHaveLength(retryDelays.length + 1)
    expect(new Set(requests.map(({ body, headers }) => `${headers['webhook-id']} ${body}`)).size).toBe(1)
    expect(new Set(requests.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(requests.length)
    expect(await log(byWebhook)).toMatchObject({ state: 'dead', attempts: retryDelays.length + 1 })
    town.house.pass(30 * 86_400)
    await town.house.deliver(byWebhook)
    expect(requests).toHaveLength(retryDelays.length + 1)
  })

  it.each([
    [0, '2026-11-23T15:00:04.000Z'],
    [0.999, '2026-11-23T15:00:05.998Z'],
  ])('is spread by the dice: %d', async (dice, dueAt) => {
    town.house.chance.dice = dice
    town.house.webhooks.answer = () => answered(500)
    await town.house.deliver(byWebhook)
    expect(await log(byWebhook)).toMatchObject({ dueAt })
  })

  it('follows its campaign to another address, another secret and another kind', async () => {
    const endpoint = { kind: 'webhook', url: 'https://new.tall-grass.example/', secret: otherSecret }
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint }))
    await town.house.deliver(byWebhook)
    expect(posted().url).toBe('https://new.tall-grass.example/')
    expect(verified(otherSecret, posted())).toMatchObject({ data: { deliveryId: byWebhook } })
    await write(
      town.house,
      'campaigns',
      'bay-shore-tx',
      aCampaign({ schoolId: 'bay-shore', programIds: ['bay-shore-hit'] }),
    )
    await town.house.deliver(byEmail)
    expect([town.house.webhooks.requests.length, town.house.mailbox.messages.length]).toEqual([2, 0])
  })

  it('of a campaign that was removed is refused, and waits in case it comes back', async () => {
    await town.house.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx')
    await town.house.deliver(byWebhook)
    expect(await log(byWebhook)).toMatchObject({
      state: 'pending',
      attemptLog: [{ stage: 'refused', reason: 'The campaign has been removed.' }],
    })
    expect(town.house.webhooks.requests).toEqual([])
  })
})

/** As a school does it, at the time when it came. */
function verified(secret: string, { body, headers }: { body: string; headers: { [name: string]: string } }): unknown {
  vi.useFakeTimers({ now: town.house.clock.now, toFake: ['Date'] })
  try {
    return new Webhook(secret).verify(body, headers)
  } finally {
    vi.useRealTimers()
  }
}

function posted() {
  const { url = '', body = '', headers = {} } = town.house.webhooks.requests.at(-1) ?? {}
  return { url, body, headers }
}

function log(deliveryId: string) {
  return town.house.needsOf('operator').deliveries.log(deliveryId)
}
