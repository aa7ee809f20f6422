import { describe, expect, it } from 'vitest'
import type { Lambda } from '#shared/platform/environment.ts'
import { accessKeys } from '#shared/store/access/access-keys.ts'
import { keyRing } from '#shared/store/access/key-ring.ts'
import { buckets } from '#shared/store/capture/buckets.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { catalogPages } from '#shared/store/catalog/catalog-pages.ts'
import { deliveryStore } from '#shared/store/delivery/deliveries.ts'
import { dueStore } from '#shared/store/delivery/due.ts'
import { lineStore } from '#shared/store/delivery/lines.ts'
import { webhookSecrets } from '#shared/store/delivery/webhook-secrets.ts'
import { consentKey, deliveryKey, keyKey } from '#shared/store/keys.ts'
import { routing } from '#shared/store/routing/routing.ts'
import { aKeptDelivery } from '#test/builders/delivery.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { confinedEngine } from './confined-engine.ts'

const as = (name: Lambda) => confinedEngine(name, memoryEngine())
const lease = {
  token: 't',
  now: '2026-11-23T00:00:00Z',
  until: '2026-11-23T00:01:00Z',
  slot: 0,
  slotUntil: '2026-11-23T00:00:20Z',
}

describe('what IAM allows', () => {
  it('is enough for anyone to read pages', async () => {
    const pages = catalogPages(as('catalog'))
    expect(await pages.career('health-record-technician')).toBeUndefined()
    expect(await pages.careers({ limit: 10 })).toEqual({ careers: [] })
    expect(await pages.form('online-associate')).toBeUndefined()
  })

  it('is enough to match, and to look up what was answered before', async () => {
    const reservation = { owner: 'campaigns#c', counter: 'leads-day#2026-11-23' }
    expect(await routing(as('capture')).candidates('health-record-technician', 'TX')).toEqual([])
    expect(await routing(as('capture')).counters([reservation])).toEqual({
      'campaigns#c': { [reservation.counter]: 0 },
    })
    expect(await leadStore(as('capture')).answerTo({ sourceId: 's', keyDigest: 'd' })).toBeUndefined()
    expect(await accessKeys(as('capture')).holderOf('0'.repeat(64))).toBeUndefined()
  })

  it.each<Lambda>(['capture', 'school', 'operator'])(
    'is enough for %s to note keys and to count requests',
    async (name) => {
      const now = new Date()
      await accessKeys(as(name)).noteUse('key_1', now)
      const taking = { policy: 'key', whose: 'key_1', limit: 1, now }
      expect(await buckets(as(name)).take(taking)).toMatchObject({ taken: true })
    },
  )

  it.each<Lambda>(['capture', 'school'])('lets %s make no key, and read no list of keys', async (name) => {
    const ring = keyRing(as(name))
    const key = {
      keyId: 'key_1',
      holder: { caller: 'operator' },
      scope: 'admin',
      name: 'mine',
      createdAt: lease.now,
    } as const
    await expect(ring.make(key, '0'.repeat(64))).rejects.toThrow(`${name} has no right to`)
    await expect(ring.list({ limit: 1 })).rejects.toThrow(`${name} has no right to`)
    const write = { in: 'catalog', put: { ...keyKey('0'.repeat(64)), caller: 'operator' } } as const
    await expect(as(name).transact([write])).rejects.toThrow(`${name} has no right to`)
  })

  it('is enough to deliver and to sweep', async () => {
    expect(await deliveryStore(as('worker/deliver')).lease(aKeptDelivery(), lease)).toBe('left')
    expect(await lineStore(as('worker/deliver')).of('s')).toMatchObject({ closed: [] })
    expect(
      await dueStore(as('worker/sweep')).claim(
        { deliveryId: 'dlv_1', schoolId: 's', dueAt: lease.now, sweeps: 0, seen: '' },
        lease.now,
      ),
    ).toBe(false)
    expect(await webhookSecrets(as('worker/deliver')).live('c', lease.now)).toEqual([])
    expect(await dueStore(as('worker/sweep')).deliveries(lease.now, 10)).toEqual([])
    expect((await dueStore(as('worker/offer')).leads(lease.now, 10)).flat()).toEqual([])
  })

  it('is enough for a school to read its deliveries', async () => {
    expect(await deliveryStore(as('school')).ofSchool('s', { since: lease.now, limit: 10 })).toEqual({ deliveries: [] })
    expect(await deliveryStore(as('school')).log('dlv_1')).toBeUndefined()
  })

  it.each<Lambda>(['catalog', 'capture', 'school', 'worker/deliver', 'worker/sweep'])(
    'lets %s read no consent and no lead',
    async (name) => {
      await expect(leadStore(as(name)).find('lead_1')).rejects.toThrow(`${name} has no right to`)
      await expect(as(name).get({ in: 'leads', key: consentKey('lead_1') })).rejects.toThrow(`${name} has no right to`)
    },
  )

  it('lets who reconciles read no delivery, and no consent', async () => {
    const { leadId, deliveryId } = aKeptDelivery()
    await expect(deliveryStore(as('worker/reconcile')).find(deliveryId)).rejects.toThrow(
      'no right to GetItem DELIVERY#',
    )
    await expect(leadStore(as('worker/reconcile')).find(leadId)).rejects.toThrow('no right to GetItem CONSENT#')
  })

  it('lets the sweeper move a delivery in the due index, and change nothing else of it', async () => {
    const move = { in: 'leads', change: deliveryKey('dlv_1'), set: { sweeps: 1 } } as const
    expect(await as('worker/sweep').transact([move])).toMatchObject({ done: true })
    for (const set of [{ body: '{}' }, { schoolId: 'mine' }, { sweeps: 1, url: 'https://mine.example' }])
      await expect(as('worker/sweep').transact([{ ...move, set }])).rejects.toThrow('no right to UpdateItem DELIVERY#')
    const guess = { attribute: 'body', is: 'above', value: 'a' } as const
    await expect(as('worker/sweep').transact([{ ...move, when: guess }])).rejects.toThrow('with pk, sk')
  })

  it('lets the sweeper read no delivery', async () => {
    await expect(deliveryStore(as('worker/sweep')).find('dlv_1')).rejects.toThrow('no right to GetItem DELIVERY#dlv_1')
  })
})
