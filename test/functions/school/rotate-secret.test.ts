import { Webhook } from 'standardwebhooks'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { mostLiveSecrets } from '#shared/store/delivery/webhook-secrets.ts'
import { aTown, enquire, type Town } from '#test/functions/town.ts'

const answer = z.object({ campaignId: z.string(), secret: z.string(), previousEndsAt: z.string() })
let town: Town
let key: string
beforeEach(async () => {
  town = await aTown()
  key = await town.house.schoolKey('tall-grass')
})

const asked = (body: object, by = key) =>
  town.house.call('POST', '/v1/school/secret-rotations', { headers: { authorization: `Bearer ${by}` }, body })
const rotate = async (more: object = {}) => answer.parse((await asked({ campaignId: 'tall-grass-tx', ...more })).body)

/** Which of these secrets verify the webhook of a new lead. */
let people = 0
async function verifying(...secrets: string[]) {
  people += 1
  const { schools } = await enquire(town, people, { schoolIds: ['tall-grass'] })
  await town.house.deliver(schools[0]?.deliveryId ?? '')
  const { body = '', headers = {} } = town.house.webhooks.requests.at(-1) ?? {}
  vi.useFakeTimers({ now: town.house.clock.now, toFake: ['Date'] })
  const verified = secrets.filter((secret) => {
    try {
      return Boolean(new Webhook(secret).verify(body, headers))
    } catch {
      return false
    }
  })
  vi.useRealTimers()
  return verified
}

describe('a webhook secret that is rotated', () => {
  it('signs beside the new one for a day, and no longer', async () => {
    const { secret, previousEndsAt } = await rotate()
    expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32)
    expect(previousEndsAt).toBe('2026-11-24T15:00:00.000Z')
    expect(await verifying(town.secret, secret)).toEqual([town.secret, secret])
    town.house.pass(86_400)
    expect(await verifying(town.secret, secret)).toEqual([secret])
  })

  it('ends when it is told to, from at once to after a week', async () => {
    const { secret } = await rotate({ overlapSeconds: 0 })
    expect(await verifying(town.secret, secret)).toEqual([secret])
    for (const overlapSeconds of [-1, 1.5, 7 * 86_400 + 1, '1'])
      expect((await asked({ campaignId: 'tall-grass-tx', overlapSeconds })).status).toBe(422)
  })

  it('never lives longer than an earlier rotation said', async () => {
    await rotate({ overlapSeconds: 60 })
    const { secret } = await rotate({ overlapSeconds: 7 * 86_400 })
    town.house.pass(60)
    expect(await verifying(town.secret, secret)).toEqual([secret])
  })

  it('may be the school’s own', async () => {
    const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
    expect((await rotate({ secret })).secret).toBe(secret)
    expect(await verifying(secret)).toEqual([secret])
    expect((await asked({ campaignId: 'tall-grass-tx', secret: 'whsec_short' })).status).toBe(422)
  })

  it('is one of ten at most: then it is said when the first ends', async () => {
    for (let live = 1; live < mostLiveSecrets; live++) await rotate({ overlapSeconds: live * 60 })
    const refused = await asked({ campaignId: 'tall-grass-tx' })
    expect(refused).toMatchObject({ status: 409, body: { code: 'TOO_MANY_SECRETS' } })
    expect(refused.text).toContain('2026-11-23T15:01:00.000Z')
    town.house.pass(60)
    expect((await asked({ campaignId: 'tall-grass-tx' })).status).toBe(201)
  })

  it('is not lost where two rotate at once: both of theirs sign', async () => {
    town.house.watch.beforeCommit = async () => void others.push((await rotate()).secret)
    const others: string[] = []
    const { secret } = await rotate()
    expect(await verifying(town.secret, secret, ...others)).toEqual([town.secret, secret, ...others])
  })
})

it('another school’s campaign and none at all answer alike, and change nothing', async () => {
  const other = await town.house.schoolKey('bay-shore')
  const [foreign, missing] = [
    await asked({ campaignId: 'tall-grass-tx' }, other),
    await asked({ campaignId: 'none' }, other),
  ]
  expect([foreign.status, foreign.text]).toEqual([404, missing.text])
  expect(await verifying(town.secret)).toEqual([town.secret])
})

it('staff rotate it for a school', async () => {
  const path = (id: string) => `/v1/ops/campaigns/${id}/secret-rotations`
  const { status, body } = await town.house.staff('POST', path('tall-grass-tx'), { body: { overlapSeconds: 0 } })
  expect(status).toBe(201)
  expect(await verifying(town.secret, answer.parse(body).secret)).toEqual([answer.parse(body).secret])
  expect((await town.house.staff('POST', path('none'), { body: {} })).status).toBe(404)
})

it('a secret that is given with the campaign ends those before it at once', async () => {
  const { secret } = await rotate()
  const mine = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const { body } = await town.house.staff('GET', '/v1/ops/campaigns/tall-grass-tx')
  const { schoolId, programIds, priceCents, endpoint } = z.looseObject({ endpoint: z.looseObject({}) }).parse(body)
  const saved = { schoolId, programIds, priceCents, endpoint: { ...endpoint, secret: mine } }
  expect((await town.house.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', { body: saved })).status).toBe(200)
  expect(await verifying(town.secret, secret, mine)).toEqual([mine])
})
