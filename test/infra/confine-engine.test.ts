import { describe, expect, it } from 'vitest'
import type { LambdaName } from '#shared/platform/environments.ts'
import { accessKeyStore } from '#shared/store/access/access-key-store.ts'
import { keyRing } from '#shared/store/access/key-ring.ts'
import { bucketStore } from '#shared/store/capture/buckets.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { catalogPages } from '#shared/store/catalog/catalog-pages.ts'
import { deliveryStore } from '#shared/store/delivery/delivery-store.ts'
import { dueStore } from '#shared/store/delivery/due-store.ts'
import { endpointHealthStore } from '#shared/store/delivery/endpoint-health-store.ts'
import { webhookSecretStore } from '#shared/store/delivery/webhook-secret-store.ts'
import { accessKeyKey, consentKey, deliveryKey } from '#shared/store/keys.ts'
import { routingStore } from '#shared/store/routing/routing-store.ts'
import { aStoredDelivery } from '#test/builders/delivery.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { confineEngine } from './confine-engine.ts'

const createConfinedEngine = (name: LambdaName) => confineEngine(name, memoryEngine())
const lease = {
  token: 't',
  now: '2026-11-23T00:00:00Z',
  until: '2026-11-23T00:01:00Z',
  permitNumber: 0,
  permitUntil: '2026-11-23T00:00:20Z',
}

describe('rights that IAM grants', () => {
  it('are enough to read public pages', async () => {
    const pages = catalogPages(createConfinedEngine('catalog'))
    expect(await pages.career('health-record-technician')).toBeUndefined()
    expect(await pages.careers({ limit: 10 })).toEqual({ careers: [] })
    expect(await pages.form('online-associate')).toBeUndefined()
  })

  it('are enough to match and to find an earlier response', async () => {
    const reservation = { owner: 'campaigns#c', counter: 'leads-day#2026-11-23' }
    expect(await routingStore(createConfinedEngine('capture')).candidates('health-record-technician', 'TX')).toEqual([])
    expect(await routingStore(createConfinedEngine('capture')).counters([reservation])).toEqual({
      'campaigns#c': { [reservation.counter]: 0 },
    })
    expect(
      await leadStore(createConfinedEngine('capture')).findResponse({ sourceId: 's', keyDigest: 'd' }),
    ).toBeUndefined()
    expect(await accessKeyStore(createConfinedEngine('capture')).findHolder('0'.repeat(64))).toBeUndefined()
  })

  it.each<LambdaName>(['capture', 'school', 'operator'])(
    'are enough for %s to record key use and to count requests',
    async (name) => {
      const now = new Date()
      await accessKeyStore(createConfinedEngine(name)).recordUse('key_1', now)
      const tokenRequest = { policy: 'key', owner: 'key_1', limit: 1, now }
      expect(await bucketStore(createConfinedEngine(name)).take(tokenRequest)).toMatchObject({ isAllowed: true })
    },
  )

  it.each<LambdaName>(['capture', 'school'])('do not let %s create or list keys', async (name) => {
    const ring = keyRing(createConfinedEngine(name))
    const key = {
      keyId: 'key_1',
      holder: { caller: 'operator' },
      scope: 'admin',
      name: 'mine',
      createdAt: lease.now,
    } as const
    await expect(ring.create(key, '0'.repeat(64))).rejects.toThrow(`${name} has no right to`)
    await expect(ring.list({ limit: 1 })).rejects.toThrow(`${name} has no right to`)
    const write = { in: 'catalog', put: { ...accessKeyKey('0'.repeat(64)), caller: 'operator' } } as const
    await expect(createConfinedEngine(name).transact([write])).rejects.toThrow(`${name} has no right to`)
  })

  it('are enough to deliver and to sweep', async () => {
    expect(await deliveryStore(createConfinedEngine('worker/deliver')).lease(aStoredDelivery(), lease)).toBe(
      'not-leasable',
    )
    expect(await endpointHealthStore(createConfinedEngine('worker/deliver')).getBySchool('s')).toMatchObject({
      disabled: [],
    })
    expect(
      await dueStore(createConfinedEngine('worker/sweep')).claim(
        { deliveryId: 'dlv_1', schoolId: 's', dueAt: lease.now, sweeps: 0, dueSk: '' },
        { now: lease.now, recheckAt: lease.now },
      ),
    ).toBe(false)
    expect(await webhookSecretStore(createConfinedEngine('worker/deliver')).listLive('c', lease.now)).toEqual([])
    expect(await dueStore(createConfinedEngine('worker/sweep')).listDeliveries(lease.now, 10)).toEqual([])
    expect((await dueStore(createConfinedEngine('worker/offer')).listLeads(lease.now, 10)).flat()).toEqual([])
  })

  it('are enough for a school to read its deliveries', async () => {
    expect(
      await deliveryStore(createConfinedEngine('school')).listBySchool('s', { since: lease.now, limit: 10 }),
    ).toEqual({ deliveries: [] })
    expect(await deliveryStore(createConfinedEngine('school')).findWithAttempts('dlv_1')).toBeUndefined()
  })

  it.each<LambdaName>(['catalog', 'capture', 'school', 'worker/deliver', 'worker/sweep'])(
    'do not let %s read consents or leads',
    async (name) => {
      await expect(leadStore(createConfinedEngine(name)).find('lead_1')).rejects.toThrow(`${name} has no right to`)
      await expect(createConfinedEngine(name).get({ in: 'leads', key: consentKey('lead_1') })).rejects.toThrow(
        `${name} has no right to`,
      )
    },
  )

  it('do not let reconcile read deliveries or consents', async () => {
    const { leadId, deliveryId } = aStoredDelivery()
    await expect(deliveryStore(createConfinedEngine('worker/reconcile')).find(deliveryId)).rejects.toThrow(
      'no right to Query DELIVERY#',
    )
    await expect(leadStore(createConfinedEngine('worker/reconcile')).find(leadId)).rejects.toThrow(
      'no right to GetItem CONSENT#',
    )
  })

  it('let sweep move a delivery in the due index and change nothing else', async () => {
    const move = { in: 'leads', change: deliveryKey('dlv_1'), set: { sweeps: 1 } } as const
    expect(await createConfinedEngine('worker/sweep').transact([move])).toMatchObject({ done: true })
    for (const set of [{ body: '{}' }, { schoolId: 'mine' }, { sweeps: 1, url: 'https://mine.example' }])
      await expect(createConfinedEngine('worker/sweep').transact([{ ...move, set }])).rejects.toThrow(
        'no right to UpdateItem DELIVERY#',
      )
    const guess = { attribute: 'body', is: 'above', value: 'a' } as const
    await expect(createConfinedEngine('worker/sweep').transact([{ ...move, when: guess }])).rejects.toThrow(
      'with pk, sk',
    )
  })

  it('do not let sweep read deliveries', async () => {
    await expect(deliveryStore(createConfinedEngine('worker/sweep')).find('dlv_1')).rejects.toThrow(
      'no right to Query DELIVERY#dlv_1',
    )
  })
})
