import { beforeEach, describe, expect, it } from 'vitest'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'

let system: TestSystem
let key: string
let deliveryId: string
beforeEach(async () => {
  system = await createTestSystem()
  key = await system.api.schoolKey('tall-grass')
  const { schools } = await submitTestLead(system)
  deliveryId = schools.find(({ schoolId }) => schoolId === 'tall-grass')?.deliveryId ?? ''
})

const call = (method: string, path: string, body?: object) =>
  system.api.call(method, path, { headers: { authorization: `Bearer ${key}` }, ...(body && { body }) })
const setStatus = (disposition = 'enrolled') =>
  call('POST', `/v1/school/deliveries/${deliveryId}/dispositions`, { disposition })
const requestCredit = () => call('POST', `/v1/school/deliveries/${deliveryId}/returns`, { reason: 'duplicate' })
const listWork = async () => (await system.api.staff('GET', '/v1/ops/untaken-work')).body
const listAlerts = () => system.api.logEntries.filter(({ event }) => event === 'school.alert')

describe('a school that works a lead that it never took', () => {
  it('is refused a disposition and a return, and staff hear of it once for each act', async () => {
    expect(await setStatus()).toMatchObject({ status: 409, body: { code: 'NOT_DELIVERED' } })
    expect(listAlerts()).toMatchObject([{ fields: { why: 'untaken-lead-worked', schoolId: 'tall-grass', deliveryId } }])
    expect(system.api.measurements).toContainEqual({ metric: 'SchoolAlerts', value: 1 })
    system.api.advanceClock(60)
    expect(await requestCredit()).toMatchObject({ status: 409, body: { code: 'NOT_DELIVERED' } })
    expect(await listWork()).toMatchObject({
      untakenWork: [{ deliveryId, schoolId: 'tall-grass', act: 'return', why: 'not-taken', count: 2 }],
    })
    expect((await call('GET', `/v1/school/deliveries/${deliveryId}/dispositions`)).body).toEqual({ dispositions: [] })
  })

  it('is refused although an attempt may have reached it: its system answered with a failure', async () => {
    system.api.webhooks.respond = () => webhookResponse(500)
    await system.api.deliver(deliveryId)
    expect((await setStatus()).status).toBe(409)
    expect(await listWork()).toMatchObject({ untakenWork: [{ why: 'not-taken' }] })
  })

  it('is refused for a lead that it got credit for', async () => {
    await system.api.deliver(deliveryId)
    expect((await setStatus('contacted')).status).toBe(201)
    await requestCredit()
    await system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/return/accept`, { body: {} })
    expect((await setStatus('enrolled')).status).toBe(409)
    expect(await listWork()).toMatchObject({ untakenWork: [{ act: 'disposition', why: 'credited' }] })
    expect((await call('POST', `/v1/school/deliveries/${deliveryId}/replay`)).body).toMatchObject({
      code: 'NOT_REPLAYABLE',
    })
    const log = await call('GET', `/v1/school/deliveries/${deliveryId}`)
    expect(log.body).toMatchObject({ masked: 'credited', taken: false })
    expect(log.text).not.toContain('ada1@mail.example')
  })

  it('leaves the list when staff have handled it, and comes back when it does it again', async () => {
    await setStatus()
    const handled = `/v1/ops/deliveries/${deliveryId}/untaken-work/handled`
    expect((await system.api.staff('POST', handled)).status).toBe(200)
    expect((await system.api.staff('POST', handled)).status).toBe(200)
    expect(await listWork()).toMatchObject({ untakenWork: [] })
    await setStatus()
    expect(await listWork()).toMatchObject({ untakenWork: [{ count: 2 }] })
  })

  it('is not reported for a lead that it has', async () => {
    await system.api.deliver(deliveryId)
    expect((await setStatus()).status).toBe(201)
    expect((await requestCredit()).status).toBe(201)
    expect(await listWork()).toEqual({ untakenWork: [], page: { nextCursor: null } })
    expect(listAlerts()).toEqual([])
  })
})

describe('a lead that came by email', () => {
  const bounce = async () => {
    const log = await system.api.createDependencies('worker/bounce').deliveries.findWithAttempts(deliveryId)
    const messageId = log?.attemptLog[0]?.messageId ?? ''
    const to = 'leads@bay-shore.example'
    await system.api.bounce({ deliveryId, messageId, to: [to], why: 'bounced', lasting: false })
  }
  beforeEach(async () => {
    key = await system.api.schoolKey('bay-shore')
    const { schools } = await submitTestLead(system, 2)
    deliveryId = schools.find(({ schoolId }) => schoolId === 'bay-shore')?.deliveryId ?? ''
    await system.api.deliver(deliveryId)
  })

  it('is masked again and not billed if it bounces before the school has read it', async () => {
    await bounce()
    const log = await call('GET', `/v1/school/deliveries/${deliveryId}`)
    expect(log.body).toMatchObject({ state: 'parked', taken: false, masked: 'not-taken', canTake: true })
    expect(log.text).not.toContain('ada2@mail.example')
  })

  it.each(['/v1/school/leads', 'log'])(
    'stays delivered if it bounces after the school has read it: %s',
    async (path) => {
      const target = path === 'log' ? `/v1/school/deliveries/${deliveryId}` : path
      expect((await call('GET', target)).text).toContain('ada2@mail.example')
      await bounce()
      const log = await call('GET', `/v1/school/deliveries/${deliveryId}`)
      expect(log.body).toMatchObject({ state: 'delivered', taken: true })
      expect(log.text).toContain('ada2@mail.example')
      expect(listAlerts()).toMatchObject([{ fields: { why: 'mail-bounced' } }])
    },
  )
})
