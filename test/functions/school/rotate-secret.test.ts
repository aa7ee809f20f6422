import { Webhook } from 'standardwebhooks'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { maxLiveSecrets } from '#shared/store/delivery/webhook-secret-store.ts'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'

const rotationResponse = z.object({ campaignId: z.string(), secret: z.string(), previousEndsAt: z.string() })
let system: TestSystem
let key: string
beforeEach(async () => {
  system = await createTestSystem()
  key = await system.api.schoolKey('tall-grass')
})

const requestRotation = (body: object, by = key) =>
  system.api.call('POST', '/v1/school/secret-rotations', { headers: { authorization: `Bearer ${by}` }, body })
const rotate = async (more: object = {}) =>
  rotationResponse.parse((await requestRotation({ campaignId: 'tall-grass-tx', ...more })).body)

/** Returns the secrets that verify the webhook of a new lead. */
let people = 0
async function findVerifyingSecrets(...secrets: string[]) {
  people += 1
  const { schools } = await submitTestLead(system, people, { schoolIds: ['tall-grass'] })
  await system.api.deliver(schools[0]?.deliveryId ?? '')
  const { body = '', headers = {} } = system.api.webhooks.requests.at(-1) ?? {}
  vi.useFakeTimers({ now: system.api.clock.now, toFake: ['Date'] })
  const verifyingSecrets = secrets.filter((secret) => {
    try {
      return Boolean(new Webhook(secret).verify(body, headers))
    } catch {
      return false
    }
  })
  vi.useRealTimers()
  return verifyingSecrets
}

describe('the rotation of a webhook secret', () => {
  it('signs with the old and the new secret for one day, then only with the new one', async () => {
    const { secret, previousEndsAt } = await rotate()
    expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32)
    expect(previousEndsAt).toBe('2026-11-24T15:00:00.000Z')
    expect(await findVerifyingSecrets(system.secret, secret)).toEqual([system.secret, secret])
    system.api.advanceClock(86_400)
    expect(await findVerifyingSecrets(system.secret, secret)).toEqual([secret])
  })

  it('ends the old secret after the requested overlap, from 0 s to one week', async () => {
    const { secret } = await rotate({ overlapSeconds: 0 })
    expect(await findVerifyingSecrets(system.secret, secret)).toEqual([secret])
    for (const overlapSeconds of [-1, 1.5, 7 * 86_400 + 1, '1'])
      expect((await requestRotation({ campaignId: 'tall-grass-tx', overlapSeconds })).status).toBe(422)
  })

  it('never extends the life that an earlier rotation set', async () => {
    await rotate({ overlapSeconds: 60 })
    const { secret } = await rotate({ overlapSeconds: 7 * 86_400 })
    system.api.advanceClock(60)
    expect(await findVerifyingSecrets(system.secret, secret)).toEqual([secret])
  })

  it('accepts a secret that the school provides', async () => {
    const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
    expect((await rotate({ secret })).secret).toBe(secret)
    expect(await findVerifyingSecrets(secret)).toEqual([secret])
    expect((await requestRotation({ campaignId: 'tall-grass-tx', secret: 'whsec_short' })).status).toBe(422)
  })

  it('refuses an eleventh live secret and says when the first one ends', async () => {
    for (let live = 1; live < maxLiveSecrets; live++) await rotate({ overlapSeconds: live * 60 })
    const refused = await requestRotation({ campaignId: 'tall-grass-tx' })
    expect(refused).toMatchObject({ status: 409, body: { code: 'TOO_MANY_SECRETS' } })
    expect(refused.text).toContain('2026-11-23T15:01:00.000Z')
    system.api.advanceClock(60)
    expect((await requestRotation({ campaignId: 'tall-grass-tx' })).status).toBe(201)
  })

  it('keeps both secrets of two rotations at once', async () => {
    system.api.watch.beforeCommit = async () => void others.push((await rotate()).secret)
    const others: string[] = []
    const { secret } = await rotate()
    expect(await findVerifyingSecrets(system.secret, secret, ...others)).toEqual([system.secret, secret, ...others])
  })
})

it('answers alike for another school’s campaign and an unknown one, and changes nothing', async () => {
  const other = await system.api.schoolKey('bay-shore')
  const [foreign, missing] = [
    await requestRotation({ campaignId: 'tall-grass-tx' }, other),
    await requestRotation({ campaignId: 'none' }, other),
  ]
  expect([foreign.status, foreign.text]).toEqual([404, missing.text])
  expect(await findVerifyingSecrets(system.secret)).toEqual([system.secret])
})

it('lets staff rotate the secret of a school', async () => {
  const path = (id: string) => `/v1/ops/campaigns/${id}/secret-rotations`
  const { status, body } = await system.api.staff('POST', path('tall-grass-tx'), { body: { overlapSeconds: 0 } })
  expect(status).toBe(201)
  expect(await findVerifyingSecrets(system.secret, rotationResponse.parse(body).secret)).toEqual([
    rotationResponse.parse(body).secret,
  ])
  expect((await system.api.staff('POST', path('none'), { body: {} })).status).toBe(404)
})

it('ends all earlier secrets at once when a campaign is saved with a secret', async () => {
  const { secret } = await rotate()
  const mine = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const { body } = await system.api.staff('GET', '/v1/ops/campaigns/tall-grass-tx')
  const { schoolId, programIds, priceCents, endpoint } = z.looseObject({ endpoint: z.looseObject({}) }).parse(body)
  const campaignBody = { schoolId, programIds, priceCents, endpoint: { ...endpoint, secret: mine } }
  expect((await system.api.staff('PUT', '/v1/ops/campaigns/tall-grass-tx', { body: campaignBody })).status).toBe(200)
  expect(await findVerifyingSecrets(system.secret, secret, mine)).toEqual([mine])
})
