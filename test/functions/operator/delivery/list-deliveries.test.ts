import { beforeEach, describe, expect, it } from 'vitest'
import { listDeliveries } from '#shared/contract/delivery/deliveries.ts'
import type { Delivery, DeliveryState } from '#shared/domain/delivery/delivery.ts'
import { buildDeliveryWrites } from '#shared/store/delivery/build-delivery-write.ts'
import type { Engine, Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { aDelivery } from '#test/builders/delivery.ts'
import { createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'
import { memoryEngine } from '#test/memory-engine.ts'

let system: TestSystem
let engine: Engine<Table>
let rowsRead = 0
beforeEach(async () => {
  system = await createTestSystem({
    createEngine(now) {
      engine = memoryEngine(now)
      return countRows(engine)
    },
  })
  rowsRead = 0
})

describe('a page of deliveries in one state', () => {
  it('has at most 99 of a common state, and the pages have all of them once', async () => {
    const ids = await saveDeliveries(620, () => 'delivered')
    const pages = await readPages('state=delivered')
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThan(100)
    expect(pages.flat().toSorted()).toEqual(ids.toSorted())
  })

  it('reads a bounded number of rows for a rare state, which a later page finds', async () => {
    const [last = ''] = (await saveDeliveries(6000, (number) => (number === 5999 ? 'dead' : 'delivered'))).slice(-1)
    rowsRead = 0
    const { deliveries, page } = await readPage('state=dead')
    expect(deliveries).toEqual([])
    expect(page.nextCursor).not.toBeNull()
    expect(rowsRead).toBeLessThan(3200)
    expect((await readPages('state=dead')).flat()).toEqual([last])
  })

  it('finds those that wait among thousands of others without reading these', async () => {
    await saveDeliveries(3000, () => 'delivered')
    const ids = await saveDeliveries(130, () => 'parked', 10_000)
    rowsRead = 0
    const pages = await readPages('state=parked')
    expect(pages.flat().toSorted()).toEqual(ids.toSorted())
    // Each has an entry in the index and two rows, which are read as one.
    expect(rowsRead).toBeLessThan(130 * 3 + 50)
  })

  it('has no notices to schools, which are no leads', async () => {
    const [waiting = ''] = await saveDeliveries(1, () => 'pending')
    const notice = aDelivery({
      deliveryId: 'dlv_notice',
      schoolId: 'tall-grass',
      erases: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A',
    })
    await engine.transact(buildDeliveryWrites(notice, '{}'))
    expect((await readPages('state=pending')).flat()).toEqual([waiting])
  })

  it('filters those that wait by school, campaign and time of creation', async () => {
    const [first = '', second = ''] = await saveDeliveries(2, () => 'pending')
    expect((await readPages('state=pending&schoolId=tall-grass')).flat()).toHaveLength(2)
    expect((await readPages('state=pending&schoolId=bay-shore')).flat()).toEqual([])
    expect((await readPages('state=pending&campaignId=bay-shore-tx')).flat()).toEqual([])
    expect((await readPages('state=pending&from=2026-11-20T00:00:01Z')).flat()).toEqual([second])
    expect((await readPages('state=pending&to=2026-11-20T00:00:01Z')).flat()).toEqual([first])
    expect((await readPages('state=leased')).flat()).toEqual([])
  })
})

/** Saves deliveries of one school, one second apart, and returns their IDs. */
async function saveDeliveries(
  count: number,
  getState: (number: number) => DeliveryState,
  first = 0,
): Promise<string[]> {
  const startMs = Date.parse('2026-11-20T00:00:00.000Z')
  const deliveries = Array.from({ length: count }, (_, number): Delivery => {
    const createdAt = new Date(startMs + (first + number) * 1000).toISOString()
    const deliveryId = `dlv_${String(first + number).padStart(22, '0')}`
    const ids = { deliveryId, schoolId: 'tall-grass', campaignId: 'tall-grass-tx' }
    return aDelivery({ ...ids, state: getState(number), createdAt, dueAt: createdAt })
  })
  const writes = deliveries.flatMap((delivery) => {
    const isWaiting = ['pending', 'leased', 'parked'].includes(delivery.state)
    return buildDeliveryWrites(delivery, '{}', { inOneRow: true }).map((write) => (isWaiting ? write : settle(write)))
  })
  for (let from = 0; from < writes.length; from += 100) await engine.transact(writes.slice(from, from + 100))
  return deliveries.map(({ deliveryId }) => deliveryId)
}

/** A settled delivery is not in the due index. */
function settle(write: Write<Table>): Write<Table> {
  if (!('put' in write)) return write
  const { duePk: _, dueSk: __, dueAt: ___, ...put } = write.put
  return { ...write, put: { ...put, pk: write.put.pk, sk: write.put.sk } }
}

async function readPage(query: string) {
  return listDeliveries.responses[200].body.parse((await system.api.staff('GET', `/v1/ops/deliveries?${query}`)).body)
}

async function readPages(query: string): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | null = null
  do {
    const { deliveries, page } = await readPage(`${query}${cursor === null ? '' : `&cursor=${cursor}`}`)
    pages.push(deliveries.map(({ deliveryId }) => deliveryId))
    cursor = page.nextCursor
  } while (cursor !== null)
  return pages
}

function countRows(inner: Engine<Table>): Engine<Table> {
  return {
    ...inner,
    async query(query) {
      const page = await inner.query(query)
      rowsRead += page.items.length
      return page
    },
  }
}
