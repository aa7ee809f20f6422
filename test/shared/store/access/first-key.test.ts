import { expect, it } from 'vitest'
import { keyRing } from '#shared/store/access/key-ring.ts'
import { memoryEngine } from '#test/memory-engine.ts'

const createdAt = '2026-11-29T12:00:00.000Z'
const holder = { caller: 'operator' } as const
const aKey = (id: number) => ({ keyId: `key_${id}`, holder, scope: 'admin' as const, name: `key ${id}`, createdAt })

it('creates exactly one first key, however many are asked for at once', async () => {
  const ring = keyRing(memoryEngine())
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, id) => ring.create(aKey(id), `hash-${id}`, { onlyIfFirst: true })),
  )
  expect(outcomes.toSorted()).toEqual(['created', ...Array(9).fill('not-first')])
  expect((await ring.list({ limit: 100 })).keys).toHaveLength(1)
})

it('creates a first key again once every other key is revoked, and others without the condition', async () => {
  const ring = keyRing(memoryEngine())
  expect(await ring.create(aKey(1), 'hash-1', { onlyIfFirst: true })).toBe('created')
  expect(await ring.create(aKey(2), 'hash-2')).toBe('created')
  for (const keyId of ['key_1', 'key_2']) await ring.revoke(keyId, { at: createdAt })
  expect(await ring.create(aKey(3), 'hash-3', { onlyIfFirst: true })).toBe('created')
})
