import { beforeAll, describe, expect, it } from 'vitest'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import type { Route } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'
import { isWriteMethod } from '#shared/http/maintenance.ts'
import { toErrorResponse } from '#shared/http/stack.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { refuseWrites } from '#shared/store/engine/refuse-writes.ts'
import { createServerHeaders, createTestSystem, submitTestLead, type TestSystem } from './create-test-system.ts'

const writeRoutes = folders
  .flatMap((folder): Route[] => [...routes[folder]])
  .filter(({ method }) => isWriteMethod(method))

describe('during maintenance', () => {
  let system: TestSystem
  let leadId: string
  beforeAll(async () => {
    system = await createTestSystem({ rates: { address: 100, key: 100 } })
    leadId = (await submitTestLead(system)).leadId
    system.api.maintenance.isOn = true
    system.api.watch.transactions = 0
  })

  it.each(writeRoutes.map(({ method, path }) => [method, path] as const))(
    '%s %s is refused and writes nothing',
    async (method, path) => {
      const response = await system.api.staff(method, path.replace(/\{\w+\}/g, 'some-id'), { body: {} })
      expect(response).toMatchObject({
        status: 503,
        headers: { 'content-type': 'application/problem+json', 'retry-after': '60' },
        body: { code: 'UNAVAILABLE' },
      })
      expect(system.api.watch.transactions).toBe(0)
    },
  )

  it('answers reads of visitors, staff, schools and publishers, and records no use of keys', async () => {
    const { api } = system
    const school = { authorization: `Bearer ${await whileOpen(() => api.schoolKey('tall-grass'))}` }
    const publisher = await whileOpen(() => createServerHeaders(system))
    api.watch.transactions = 0
    const reads = [
      await api.call('GET', '/v1/careers/health-record-technician'),
      await api.staff('GET', `/v1/ops/leads/${leadId}`),
      await api.call('GET', '/v1/school/leads', { headers: school }),
      await api.call('GET', '/v1/publisher/leads', { headers: publisher }),
    ]
    expect(reads.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(api.watch.transactions).toBe(0)
    expect(api.logEntries.map(({ event }) => event)).not.toContain('api_key.last_used_update_failed')
  })

  it('is not ready, because a write would fail', async () => {
    expect((await system.api.call('GET', '/health/ready')).status).toBe(503)
  })

  it('tells a caller whose read would have to write to come back', async () => {
    const error = await refuseWrites(system.api.engine)
      .transact([])
      .catch((one: unknown) => one)
    const response = toErrorResponse(error, 'some-read', system.api.createDependencies('operator'))
    expect(response).toMatchObject({ statusCode: 503, headers: { 'retry-after': '60' } })
  })

  it('sends nothing, even if a delivery that was queued before is started', async () => {
    const { api } = system
    const { queue, webhooks, createDependencies } = api
    const [pointer] = queue.pointers
    if (!pointer) throw new Error('Nothing was queued.')
    const deliveries = deliveryStore(refuseWrites(api.engine))
    const attempt = deliverLead(pointer, { ...createDependencies('worker/deliver'), deliveries })
    await expect(attempt).rejects.toThrow('being restored')
    expect(webhooks.requests).toEqual([])
    // The same delivery is sent when the stage takes writes again.
    await api.deliver(pointer.deliveryId)
    expect(webhooks.requests).toHaveLength(1)
  })

  it('is over when the setting is: the same request is accepted', async () => {
    system.api.maintenance.isOn = false
    expect((await submitTestLead(system, 2)).outcome).toBe('accepted')
  })

  async function whileOpen<Result>(work: () => Promise<Result>): Promise<Result> {
    system.api.maintenance.isOn = false
    const result = await work()
    system.api.maintenance.isOn = true
    return result
  }
})
