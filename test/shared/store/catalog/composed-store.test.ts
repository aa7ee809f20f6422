import { describe, expect, it } from 'vitest'
import { composedStore } from '#shared/store/catalog/composed-store.ts'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import { candidateKey, linkKey } from '#shared/store/keys.ts'
import { watchedEngine } from '#test/functions/house/watched-engine.ts'
import { memoryEngine } from '#test/memory-engine.ts'

describe('composed rows', () => {
  it('replace the previous rows, for any number of rows', async () => {
    const { composed, count } = createStores()
    for (const size of [3, 250, 99, 98, 120, 0]) {
      await composed.compose('campaigns', 'one', async () => rows(size))
      expect(await count()).toBe(size)
    }
  })

  it('change in one transaction if they are few', async () => {
    const { composed, watch } = createStores()
    await composed.compose('campaigns', 'one', async () => rows(40))
    watch.transactions = 0
    await composed.compose('campaigns', 'one', async () => rows(40, 'OH'))
    expect(watch.transactions).toBe(1)
  })

  it('are composed again after a conflict', async () => {
    const { composed, count, watch } = createStores()
    const sizes = [5, 2]
    watch.beforeCommit = () => composed.compose('campaigns', 'one', async () => rows(7))
    await composed.compose('campaigns', 'one', async () => rows(sizes.shift() ?? 0))
    expect([await count(), sizes]).toEqual([2, []])
  })

  it('are completed by the next writer if one died midway', async () => {
    const { composed, count, watch } = createStores()
    await composed.compose('campaigns', 'one', async () => rows(250))
    watch.transactions = 0
    watch.beforeCommit = async () => {
      watch.beforeCommit = async () => {
        throw new Error('died')
      }
    }
    await expect(composed.compose('campaigns', 'one', async () => rows(240, 'OH'))).rejects.toThrow('died')
    await composed.compose('campaigns', 'one', async () => rows(4))
    expect(await count()).toBe(4)
  })

  it('can be listed by their links to a record', async () => {
    const { composed } = createStores()
    const link = linkKey(['schools', 'a'], ['programs', 'p'])
    await composed.compose('programs', 'p', async () => [{ ...link, rank: 1 }])
    expect(await composed.listDependents('schools', 'a', 'programs')).toEqual(['p'])
    expect(await composed.listDependents('schools', 'ab', 'programs')).toEqual([])
    expect(await composed.listLinks('schools', 'a', 'programs')).toEqual([{ ...link, rank: 1 }])
  })
})

describe('a record', () => {
  const at = '2026-11-23T15:00:00.000Z'

  it('saves each of 20 concurrent writes with a version of its own', async () => {
    const { records } = createStores()
    const writes = Array.from({ length: 20 }, (_, number) =>
      records.put('schools', 'a', { number }, { expectedVersion: undefined, at }),
    )
    const versions = (await Promise.all(writes)).map((result) => (result === 'changed' ? 0 : result.version))
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })

  it('is saved together with its other writes or not at all', async () => {
    const { records, engine } = createStores()
    const also = [{ in: 'catalog', put: { pk: 'KEY#1', sk: 'KEY' } }] as const
    expect(await records.put('sources', 'a', {}, { expectedVersion: 3, at, also })).toBe('changed')
    expect(await engine.get({ in: 'catalog', key: { pk: 'KEY#1', sk: 'KEY' } })).toBeUndefined()
    await records.put('sources', 'a', {}, { expectedVersion: 0, at, also })
    expect(await engine.get({ in: 'catalog', key: { pk: 'KEY#1', sk: 'KEY' } })).toBeDefined()
  })
})

function createStores() {
  const { engine, watch } = watchedEngine(memoryEngine())
  const count = async () => {
    const pages = await Promise.all(
      ['TX', 'OH'].map((state) =>
        engine.query({ in: 'catalog', pk: candidateKey('nurse', state, '').pk, limit: 1000 }),
      ),
    )
    return pages.flatMap(({ items }) => items).length
  }
  return { engine, watch, count, composed: composedStore(engine), records: recordStore(engine) }
}

function rows(count: number, state = 'TX') {
  return Array.from({ length: count }, (_, number) => candidateKey('nurse', state, `c${number}`))
}
